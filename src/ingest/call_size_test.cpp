#include "ingest/call_size.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

constexpr int kEnough = 16;  ///< full calls, after which it grows

TEST(CallSize, knows_no_limit_before_a_call_took_too_long) {
  CallSize size;
  for (int i = 0; i < kEnough; ++i) size.succeeded(1'000'000);
  EXPECT_GT(size.max_records(), 1'000'000'000U);
}

TEST(CallSize, is_half_of_what_took_too_long) {
  CallSize size;
  size.took_too_long(2000);
  EXPECT_EQ(size.max_records(), 1000U);
  size.took_too_long(300);
  EXPECT_EQ(size.max_records(), 150U);
}

TEST(CallSize, is_never_less_than_one_record) {
  CallSize size;
  size.took_too_long(1);
  EXPECT_EQ(size.max_records(), 1U);
}

TEST(CallSize, doubles_after_enough_full_calls) {
  CallSize size;
  size.took_too_long(200);
  for (int i = 1; i < kEnough; ++i) size.succeeded(100);
  EXPECT_EQ(size.max_records(), 100U);
  size.succeeded(100);
  EXPECT_EQ(size.max_records(), 200U);
}

TEST(CallSize, learns_nothing_from_calls_that_are_not_full) {
  CallSize size;
  size.took_too_long(200);
  for (int i = 0; i < 2 * kEnough; ++i) size.succeeded(99);
  EXPECT_EQ(size.max_records(), 100U);
}

TEST(CallSize, counts_anew_after_a_call_that_took_too_long) {
  CallSize size;
  size.took_too_long(200);
  for (int i = 1; i < kEnough; ++i) size.succeeded(100);
  size.took_too_long(100);
  for (int i = 1; i < kEnough; ++i) size.succeeded(50);
  EXPECT_EQ(size.max_records(), 50U);
}

}  // namespace
}  // namespace ingest
