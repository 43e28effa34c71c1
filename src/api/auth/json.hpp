#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace api {

struct JsonMember;

/// A value of a JSON document.
struct Json {
  struct Fraction {};  ///< a number that is no 64-bit integer; which one is never asked
  using Array = std::vector<Json>;
  using Object = std::vector<JsonMember>;

  std::variant<std::nullptr_t, bool, std::int64_t, Fraction, std::string, Array, Object> value;

  /// Null unless this is an object with such a member.
  [[nodiscard]] const Json* find(std::string_view name) const;
  /// Null unless this is of the kind.
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value); }
  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&value); }
  [[nodiscard]] bool is_object() const { return std::holds_alternative<Object>(value); }
};

struct JsonMember {
  std::string name;
  Json value;
};

inline constexpr std::size_t kMaxJsonDepth = 16;

/// Reads a JSON document of hostile origin, strictly: UTF-8, no NUL, no lone surrogate, no duplicate key, at
/// most kMaxJsonDepth levels, numbers of at most 20 characters without an exponent. Nothing for any other
/// text. Pure.
[[nodiscard]] std::optional<Json> parse_strict_json(std::string_view text);

}  // namespace api
