#include "ingest/wire.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ingest::wire {
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

TEST(Wire, WritesARowWithItsLengthAndColumnTypes) {
  std::string out;
  {
    Row row(out, 2);
    row.text("ab");
    row.int8(std::nullopt);
  }
  EXPECT_EQ(out, "\0\0\0\x16"s + "\0\0\0\2"s + "\0\0\0\x19"s + "\0\0\0\2"s + "ab" + "\0\0\0\x14"s +
                     "\xFF\xFF\xFF\xFF"s);
}

TEST(Wire, CountsTimesFromTheYear2000) {
  EXPECT_EQ(column([](Row& row) { row.timestamptz(946'684'800'000'001); }), "\0\0\0\x8\0\0\0\0\0\0\0\1"s);
}

TEST(Wire, GroupsTheDigitsOfANumericAroundThePoint) {
  // 12345.678 is 1 | 2345 . 6780 in base 10000, weight 1, scale 3.
  EXPECT_EQ(column([](Row& row) { row.numeric(parse_decimal("-12345.678")); }),
            "\0\0\0\xE"s + "\0\3"s + "\0\1"s + "\x40\0"s + "\0\3"s + "\0\1"s + "\x09\x29"s + "\x1A\x7C"s);
}

TEST(Wire, WritesAnEmptyArrayWithoutDimensions) {
  EXPECT_EQ(array(25, 0, ""), "\0\0\0\0"s + "\0\0\0\1"s + "\0\0\0\x19"s);
}

}  // namespace
}  // namespace ingest::wire
