#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace api {

inline constexpr int kDefaultLimit = 20;
inline constexpr int kMaxLimit = 100;
inline constexpr std::size_t kMaxFilterCharacters = 200;
inline constexpr std::size_t kMaxCursorBytes = 2000;

enum class ParameterKind {
  time,  ///< `from` and `to`
  limit,
  cursor,
  text,      ///< a filter
  duration,  ///< a filter, in seconds
};

/// What an endpoint understands in its query.
struct Parameter {
  std::string_view name;
  ParameterKind kind;
  std::span<const std::string_view> choices = {};  ///< of a text; empty: any
  bool is_required = false;
};

/// The query of a request. Pure.
struct Query {
  std::optional<std::int64_t> from;  ///< microseconds since 1970
  std::optional<std::int64_t> to;
  int limit = kDefaultLimit;
  std::optional<std::string> cursor;
  std::vector<std::pair<std::string, std::string>> filters;
  std::vector<std::string> faults;  ///< every one, for a single 400
};

/// `query` as sent, without '?'. `+` means `+`; what is not among `parameters` is ignored.
[[nodiscard]] Query parse_query(std::string_view query, std::span<const Parameter> parameters);

/// The query as sent, with the values of `keys` (whatever their case) as ***; well-formed UTF-8.
[[nodiscard]] std::string mask_query(std::string_view query, const std::vector<std::string>& keys);

}  // namespace api
