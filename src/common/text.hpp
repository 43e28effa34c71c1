#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace common {

/// True for well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// The same text with every bad byte replaced by U+FFFD.
[[nodiscard]] std::string repair_utf8(std::string_view bytes);

/// At most `max_bytes` of the text, not cut inside a character.
[[nodiscard]] std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes);

/// Decodes %XX once; `+` stays `+`. Nothing for an incomplete sequence or hex digits that are none.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view encoded);

/// True when a byte below 0x20 or 0x7f is in the text.
[[nodiscard]] bool has_control_characters(std::string_view text);

/// Characters of well-formed UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view utf8);

/// True for 1 to `max_bytes` characters from '!' to '~'.
[[nodiscard]] bool is_visible_ascii(std::string_view text, std::size_t max_bytes);

/// Without these characters at both ends; unless told, the optional white space of HTTP.
[[nodiscard]] std::string_view trim(std::string_view text, std::string_view spaces = " \t");

/// Equal but for ASCII case.
[[nodiscard]] bool iequals(std::string_view left, std::string_view right);

/// A random UUID, version 4. Any thread.
[[nodiscard]] std::string make_uuid();

}  // namespace common
