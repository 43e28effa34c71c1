#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace common {

/// A point in time as it was written.
struct Timestamp {
  std::int64_t unix_microseconds = 0;
  bool has_offset = false;  ///< false: read as UTC
};

/// Reads RFC 3339 and the ISO 8601 forms beside it: a date, or a date and a time between which stands `T` or
/// a space, with hours and minutes at least, and an offset or none. Fractions of a second are cut to
/// microseconds; second 60 is the first of the next minute. Nothing for anything else, and for times outside
/// the years 1 to 9999 (UTC).
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);

/// RFC 3339 in UTC, with microseconds. For years 1 to 9999.
[[nodiscard]] std::string format_timestamp(std::int64_t unix_microseconds);

}  // namespace common
