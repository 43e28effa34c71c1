#pragma once

#include <variant>

#include "api/auth/actor.hpp"
#include "common/http_message.hpp"

namespace api {

/// Finds out who asks; what they may do is for the service to say. Called by several threads at once.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  [[nodiscard]] virtual std::variant<Actor, Refusal> authenticate(const common::http::Request& request) = 0;
};

}  // namespace api
