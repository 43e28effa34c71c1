#include "common/decimal.hpp"

#include <algorithm>

namespace common {
namespace {

/// The parts of a number of JSON's grammar.
struct NumberParts {
  bool negative = false;
  std::string_view integer;
  std::string_view fraction;
  bool exponent_negative = false;
  std::string_view exponent;  ///< digits only, without leading zeros
};

std::string_view take_digits(std::string_view& rest) {
  const auto end = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const auto digits = rest.substr(0, end);
  rest.remove_prefix(end);
  return digits;
}

bool take(std::string_view& rest, char c) {
  if (rest.empty() || rest.front() != c) return false;
  rest.remove_prefix(1);
  return true;
}

std::optional<NumberParts> split_number(std::string_view rest) {
  NumberParts parts;
  parts.negative = take(rest, '-');
  parts.integer = take_digits(rest);
  if (parts.integer.empty() || (parts.integer.size() > 1 && parts.integer.front() == '0'))
    return std::nullopt;
  if (take(rest, '.')) {
    parts.fraction = take_digits(rest);
    if (parts.fraction.empty()) return std::nullopt;
  }
  if (take(rest, 'e') || take(rest, 'E')) {
    parts.exponent_negative = take(rest, '-');
    if (!parts.exponent_negative) take(rest, '+');
    parts.exponent = take_digits(rest);
    if (parts.exponent.empty()) return std::nullopt;
    parts.exponent.remove_prefix(std::min(parts.exponent.find_first_not_of('0'), parts.exponent.size()));
  }
  if (!rest.empty()) return std::nullopt;
  return parts;
}

/// Any number beyond it moves the point further than kMaxDigits allows.
constexpr int kHugeExponent = 9999;

int exponent_of(const NumberParts& parts) {
  if (parts.exponent.size() > 4) return parts.exponent_negative ? -kHugeExponent : kHugeExponent;
  int value = 0;
  for (const char digit : parts.exponent) value = value * 10 + (digit - '0');
  return parts.exponent_negative ? -value : value;
}

}  // namespace

bool is_json_number(std::string_view text) {
  return split_number(text).has_value();
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  const auto parts = split_number(text);
  if (!parts) return std::nullopt;

  const std::size_t sent_digits = parts->integer.size() + parts->fraction.size();
  if (sent_digits > Decimal::kMaxDigits) return std::nullopt;
  Decimal number;
  number.negative = parts->negative;
  char* end = std::copy(parts->integer.begin(), parts->integer.end(), number.digits.data());
  end = std::copy(parts->fraction.begin(), parts->fraction.end(), end);

  // Write the exponent out: zeros on the right, or a longer fraction with zeros on the left.
  const bool is_zero = std::all_of(number.digits.data(), end, [](char digit) { return digit == '0'; });
  int scale = static_cast<int>(parts->fraction.size()) - exponent_of(*parts);
  if (scale < 0) {
    const auto zeros = is_zero ? 0 : static_cast<std::size_t>(-scale);
    if (sent_digits + zeros > Decimal::kMaxDigits) return std::nullopt;
    end = std::fill_n(end, zeros, '0');
    scale = 0;
  }
  const auto digits_needed = static_cast<std::size_t>(scale) + 1;
  auto digit_count = static_cast<std::size_t>(end - number.digits.data());
  if (digits_needed > digit_count) {
    if (digits_needed > Decimal::kMaxDigits) return std::nullopt;
    std::copy_backward(number.digits.data(), end, number.digits.data() + digits_needed);
    std::fill_n(number.digits.data(), digits_needed - digit_count, '0');
    digit_count = digits_needed;
  }
  number.digit_count = static_cast<std::uint8_t>(digit_count);
  number.scale = static_cast<std::uint8_t>(scale);

  const auto last_non_zero = number.text().find_last_not_of('0');
  const std::size_t trailing_zeros =
      last_non_zero == std::string_view::npos ? digit_count : digit_count - 1 - last_non_zero;
  if (number.scale > Decimal::kMaxScale + trailing_zeros) return std::nullopt;
  return number;
}

}  // namespace common
