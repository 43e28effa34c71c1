#include "common/decimal.hpp"

#include <gtest/gtest.h>

#include <string>

namespace common {
namespace {

std::string written(std::string_view text) {
  const auto number = parse_decimal(text);
  if (!number) return "refused";
  auto digits = std::string(number->text());
  if (number->scale > 0) digits.insert(digits.size() - number->scale, ".");
  return (number->negative ? "-" : "") + digits;
}

TEST(Decimal, keeps_the_scale_that_was_sent) {
  EXPECT_EQ(written("10000.00"), "10000.00");
  EXPECT_EQ(written("1.0"), "1.0");
  EXPECT_EQ(written("-0.50"), "-0.50");
  EXPECT_EQ(written("0"), "0");
}

TEST(Decimal, writes_exponents_out) {
  EXPECT_EQ(written("1e3"), "1000");
  EXPECT_EQ(written("1.50e1"), "15.0");
  EXPECT_EQ(written("12E-4"), "0.0012");
  EXPECT_EQ(written("1e+2"), "100");
  EXPECT_EQ(written("5e-1"), "0.5");
}

TEST(Decimal, refuses_what_is_not_the_number_grammar_of_json) {
  for (const auto* text :
       {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "NaN", "Infinity", "1 ", "1,5", "--1"}) {
    EXPECT_EQ(written(text), "refused") << text;
  }
}

TEST(Decimal, allows_thirty_eight_digits_and_no_more) {
  EXPECT_EQ(written(std::string(38, '9')), std::string(38, '9'));
  EXPECT_EQ(written(std::string(39, '9')), "refused");
  EXPECT_EQ(written("1e37"), "1" + std::string(37, '0'));
  EXPECT_EQ(written("1e38"), "refused");
}

TEST(Decimal, allows_eighteen_decimals_after_trailing_zeros_are_dropped) {
  EXPECT_EQ(written("0.000000000000000001"), "0.000000000000000001");
  EXPECT_EQ(written("0.0000000000000000001"), "refused");
  EXPECT_EQ(written("1.0000000000000000000000"), "1.0000000000000000000000");
  EXPECT_EQ(written("1e-18"), "0.000000000000000001");
  EXPECT_EQ(written("1e-19"), "refused");
}

TEST(Decimal, refuses_huge_exponents_without_writing_them_out) {
  EXPECT_EQ(written("1e999999999999"), "refused");
  EXPECT_EQ(written("1e-999999999999"), "refused");
  EXPECT_EQ(written("0e999999999999"), "0");
}

}  // namespace
}  // namespace common
