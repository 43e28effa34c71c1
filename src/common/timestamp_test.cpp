#include "common/timestamp.hpp"

#include <gtest/gtest.h>

namespace common {
namespace {

std::string utc(std::string_view text) {
  const auto time = parse_timestamp(text);
  return time ? format_timestamp(time->unix_microseconds) : "refused";
}

TEST(Timestamp, reads_rfc_3339) {
  EXPECT_EQ(utc("2026-02-05T01:00:00Z"), "2026-02-05T01:00:00.000000Z");
  EXPECT_EQ(utc("2026-02-05t01:00:00.5z"), "2026-02-05T01:00:00.500000Z");
  EXPECT_EQ(utc("2026-02-05T10:00:00+09:00"), "2026-02-05T01:00:00.000000Z");
  EXPECT_EQ(utc("2026-02-04T22:30:00-0230"), "2026-02-05T01:00:00.000000Z");
  EXPECT_EQ(utc("2024-02-29T00:00:00+09"), "2024-02-28T15:00:00.000000Z");
}

TEST(Timestamp, reads_times_without_an_offset_as_utc) {
  EXPECT_EQ(utc("2026-02-05 01:00"), "2026-02-05T01:00:00.000000Z");
  EXPECT_EQ(utc("2026-02-05"), "2026-02-05T00:00:00.000000Z");
  EXPECT_FALSE(parse_timestamp("2026-02-05 01:00")->has_offset);
  EXPECT_TRUE(parse_timestamp("2026-02-05T01:00:00Z")->has_offset);
}

TEST(Timestamp, cuts_fractions_to_microseconds) {
  EXPECT_EQ(utc("2026-02-05T01:00:00.1234569Z"), "2026-02-05T01:00:00.123456Z");
  EXPECT_EQ(utc("1969-12-31T23:59:59.9999999Z"), "1969-12-31T23:59:59.999999Z");
}

TEST(Timestamp, takes_a_leap_second_for_the_next_minute) {
  EXPECT_EQ(utc("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00.000000Z");
}

TEST(Timestamp, refuses_everything_else) {
  for (const auto* text :
       {"", "now", "infinity", "epoch", "1770253200", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-02-05T24:00:00Z", "2026-02-05T01:60:00Z", "2026-02-05T01:00:61Z", "2026-02-05T01:00:00.Z",
        "2026-02-05T01:00:00Zx", "2026-02-05T", "2026-2-5T01:00:00Z", "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "2026-02-05T01:00:00 Z"}) {
    EXPECT_EQ(utc(text), "refused") << text;
  }
}

}  // namespace
}  // namespace common
