#pragma once

#include <string_view>

#include "api/auth/jwk_set.hpp"

namespace api {

/// Whether the holder of the key has signed the part. `signature` is base64url without padding; for ES256 the
/// 64 bytes of r and s (RFC 7518). Any thread.
[[nodiscard]] bool is_signed(const VerificationKey& key, std::string_view signed_part,
                             std::string_view signature);

}  // namespace api
