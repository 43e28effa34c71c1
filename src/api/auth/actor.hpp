#pragma once

#include <string>
#include <string_view>

namespace api {

inline constexpr std::size_t kMaxActorIdBytes = 200;
inline constexpr std::size_t kMaxActorRolesBytes = 1000;  ///< as a header; those of a token have its bound

/// Who asks.
struct Actor {
  std::string id;
  std::string roles;  ///< comma separated, without white space

  [[nodiscard]] bool has_role(std::string_view role) const;
};

/// Why nobody is let in.
struct Refusal {
  int status = 401;
  std::string detail;
  std::string challenge;  ///< WWW-Authenticate of a 401
  std::string reason;     ///< one word, for the log and the metric
};

}  // namespace api
