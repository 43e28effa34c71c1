#include "common/wire.hpp"

#include <gtest/gtest.h>

#include <string>

namespace common::wire {
namespace {

using namespace std::string_literals;

/// The value of the only column of a row, without length and type.
template <class Put>
std::string column(Put put) {
  std::string out;
  {
    Row row(out, 1);
    put(row);
  }
  return out.substr(4 + 4 + 4);
}

TEST(Wire, writes_a_row_with_its_length_and_column_types) {
  std::string out;
  {
    Row row(out, 2);
    row.text("ab");
    row.int8(std::nullopt);
  }
  EXPECT_EQ(out, "\0\0\0\x16"s + "\0\0\0\2"s + "\0\0\0\x19"s + "\0\0\0\2"s + "ab" + "\0\0\0\x14"s +
                     "\xFF\xFF\xFF\xFF"s);
}

TEST(Wire, counts_times_from_the_year_2000) {
  EXPECT_EQ(column([](Row& row) { row.timestamptz(946'684'800'000'001); }), "\0\0\0\x8\0\0\0\0\0\0\0\1"s);
}

TEST(Wire, groups_the_digits_of_a_numeric_around_the_point) {
  // 12345.678 is 1 | 2345 . 6780 in base 10000, weight 1, scale 3.
  EXPECT_EQ(column([](Row& row) { row.numeric(parse_decimal("-12345.678")); }),
            "\0\0\0\xE"s + "\0\3"s + "\0\1"s + "\x40\0"s + "\0\3"s + "\0\1"s + "\x09\x29"s + "\x1A\x7C"s);
}

TEST(Wire, writes_an_empty_array_without_dimensions) {
  EXPECT_EQ(array(25, 0, ""), "\0\0\0\0"s + "\0\0\0\1"s + "\0\0\0\x19"s);
}

}  // namespace
}  // namespace common::wire
