#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "common/http_message.hpp"

namespace api {

inline constexpr std::size_t kMaxActorIdBytes = 200;
inline constexpr std::size_t kMaxActorRolesBytes = 1000;
inline constexpr std::size_t kMaxCorrelationIdBytes = 128;

/// Who asks.
struct Actor {
  std::string id;
  std::string roles;  ///< comma separated, without white space
};

/// Why nobody is let in: 400 or 403.
struct Refusal {
  int status;
  std::string detail;
};

/// AUTH_MODE=disabled: believes X-Actor-Id (else `local`) and X-Actor-Roles (else ADMIN_READ). Pure.
[[nodiscard]] std::variant<Actor, Refusal> actor_as_sent(const common::http::Request& request);

/// X-Correlation-ID of the request when it is fit to be passed on, else a new one.
[[nodiscard]] std::string correlation_id_of(const common::http::Request& request);

}  // namespace api
