#pragma once

#include "api/auth/authenticator.hpp"

namespace api {

/// AUTH_MODE=disabled: believes X-Actor-Id (else `local`) and X-Actor-Roles (else ADMIN_READ).
class SentActor : public Authenticator {
 public:
  [[nodiscard]] std::variant<Actor, Refusal> authenticate(const common::http::Request& request) override;
};

}  // namespace api
