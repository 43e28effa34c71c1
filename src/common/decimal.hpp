#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace common {

/// A decimal number, exactly as sent: scale and trailing zeros are kept. Never a binary float.
struct Decimal {
  static constexpr std::size_t kMaxDigits =
      38;  ///< when written out, a leading zero included (contract.md section 1)
  static constexpr std::size_t kMaxScale = 18;  ///< after trailing zeros are dropped

  bool negative = false;
  std::uint8_t digit_count = 0;
  std::uint8_t scale = 0;  ///< how many of the digits stand behind the point
  std::array<char, kMaxDigits> digits{};

  [[nodiscard]] std::string_view text() const { return {digits.data(), digit_count}; }

  /// The same text, not merely the same number: 1.0 and 1.00 differ.
  friend bool operator==(const Decimal& left, const Decimal& right) {
    return left.negative == right.negative && left.scale == right.scale && left.text() == right.text();
  }
};

/// Reads JSON's number grammar. Nothing for another grammar or too many digits.
[[nodiscard]] std::optional<Decimal> parse_decimal(std::string_view text);

/// True when all of the text is one number of JSON's grammar.
[[nodiscard]] bool is_json_number(std::string_view text);

}  // namespace common
