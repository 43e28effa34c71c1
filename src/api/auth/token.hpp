#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/auth/actor.hpp"
#include "api/auth/json.hpp"

/// Bearer tokens as text: JWTs in the compact form of RFC 7515. Pure; nothing here looks at a signature.
namespace api {

inline constexpr std::size_t kMaxTokenBytes = 8192;

/// How a token may be signed. A symmetric algorithm is none of them, nor is `none`.
enum class Algorithm : std::uint8_t { rs256, es256 };

[[nodiscard]] std::string_view name_of(Algorithm algorithm);
[[nodiscard]] std::optional<Algorithm> algorithm_named(std::string_view name);

/// Why a token is refused. Neither text quotes it.
struct TokenFault {
  std::string_view reason;  ///< one word, for the log and the metric
  std::string_view detail;  ///< a sentence for the client
};

/// A token that is well-formed. Who made it is not known yet.
struct Token {
  Algorithm algorithm;
  std::optional<std::string> kid;  ///< names the key
  std::string_view signed_part;    ///< views of the text that was parsed
  std::string_view signature;      ///< base64url
  Json claims;
};

/// Only kid and alg of the header are heeded: keys that a token brings along or points to (jwk, jku, x5c,
/// x5u) prove nothing.
[[nodiscard]] std::variant<Token, TokenFault> parse_token(std::string_view text);

/// Whose tokens are taken, and what they have to say.
struct TokenRules {
  std::string issuer;
  std::vector<std::string> audiences;  ///< one of them must be meant
  std::vector<Algorithm> algorithms;
  std::chrono::seconds leeway{};             ///< that the clock of the issuer may be ahead
  std::vector<std::string> role_claims;      ///< `a.b`: member b of claim a, unless a claim is named so
  std::vector<std::string> actor_id_claims;  ///< the first that is there counts
};

/// What a token gives, and when (in seconds since 1970, UTC).
struct Grant {
  Actor actor;
  std::int64_t valid_from = 0;
  std::int64_t expires = 0;
};

/// Of claims whose signature was proven.
[[nodiscard]] std::variant<Grant, TokenFault> grant_of(const Json& claims, const TokenRules& rules);

/// Nothing while the grant is valid. `now` in seconds since 1970.
[[nodiscard]] std::optional<TokenFault> fault_of_time(const Grant& grant, std::int64_t now,
                                                      std::chrono::seconds leeway);

}  // namespace api
