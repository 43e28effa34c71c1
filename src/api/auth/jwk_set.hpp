#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/auth/token.hpp"

namespace api {

/// A public key that tokens may be signed with.
struct VerificationKey {
  std::optional<std::string> kid;
  Algorithm algorithm;
  std::string pem;

  bool operator==(const VerificationKey&) const = default;
};

/// The keys of an issuer (RFC 7517). Immutable: any thread.
class JwkSet {
 public:
  explicit JwkSet(std::vector<VerificationKey> keys) : keys_(std::move(keys)) {}

  /// The key of that name. A token that names none gets the only key without a name, if there is just one.
  [[nodiscard]] const VerificationKey* find(const std::optional<std::string>& kid) const;
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

  bool operator==(const JwkSet&) const = default;

 private:
  std::vector<VerificationKey> keys_;
};

struct ParsedJwkSet {
  JwkSet keys;
  std::vector<std::string> skipped;  ///< why keys of the document are not among them, for the log
};

/// Nothing when the text is no JWK Set. A key that can't be used is skipped: issuers publish keys for other
/// purposes beside. Usable are RSA keys of 2048 to 8192 bits and points of P-256, whose `use` and `alg`,
/// where they are, say sig and RS256 or ES256.
[[nodiscard]] std::optional<ParsedJwkSet> parse_jwk_set(std::string_view text);

}  // namespace api
