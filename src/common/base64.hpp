#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace common {

/// RFC 4648, with padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);
/// Nothing for anything else than to_base64() writes.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// RFC 4648 section 5, without padding. Nothing for any other text: no two texts give the same bytes.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace common
