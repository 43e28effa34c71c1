#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <variant>

#include "api/auth/authenticator.hpp"
#include "api/auth/grant_cache.hpp"
#include "api/auth/key_source.hpp"
#include "api/auth/token.hpp"
#include "common/metrics.hpp"

namespace api {

/// AUTH_MODE=oidc: believes a bearer token (RFC 6750) that the issuer signed for us. 401 without a good one,
/// 400 when the header can't be read, 503 while it can't be said whether the token is good. Any thread.
class TokenAuthenticator final : public Authenticator {
 public:
  /// Seconds since 1970, UTC.
  using Clock = std::function<std::int64_t()>;

  /// `max_grants`: tokens whose check is remembered. `keys` and `metrics` must outlive this.
  TokenAuthenticator(TokenRules rules, std::size_t max_grants, KeySource& keys, common::Metrics& metrics,
                     Clock now);

  [[nodiscard]] std::variant<Actor, Refusal> authenticate(const common::http::Request& request) override;

 private:
  [[nodiscard]] std::variant<Actor, Refusal> actor_of(const common::http::Request& request);
  [[nodiscard]] std::variant<Grant, Refusal> grant_for(std::string_view text, bool may_wait);
  [[nodiscard]] std::variant<Grant, Refusal> prove(const Token& token, std::shared_ptr<const JwkSet>& keys,
                                                   bool may_wait);

  const TokenRules rules_;
  KeySource& keys_;
  const Clock now_;
  GrantCache grants_;
  prometheus::Family<prometheus::Counter>& tokens_;
  prometheus::Counter& accepted_;
};

/// The clock of this machine.
[[nodiscard]] std::int64_t seconds_since_1970();

}  // namespace api
