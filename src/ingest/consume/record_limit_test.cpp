#include "ingest/consume/record_limit.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

TEST(RecordLimit, lets_so_many_be_read_and_no_more) {
  RecordLimit limit(2);
  EXPECT_TRUE(limit.take());
  EXPECT_TRUE(limit.take());
  EXPECT_FALSE(limit.take());
  EXPECT_FALSE(limit.take());
}

TEST(RecordLimit, lets_be_read_again_what_could_not_be_applied) {
  RecordLimit limit(1);
  EXPECT_TRUE(limit.take());
  EXPECT_FALSE(limit.take());
  limit.give_back(1);
  EXPECT_TRUE(limit.take());
  EXPECT_FALSE(limit.take());
}

TEST(RecordLimit, is_reached_when_all_are_applied) {
  RecordLimit limit(3);
  EXPECT_FALSE(limit.count_applied(2));
  EXPECT_TRUE(limit.count_applied(1));
}

}  // namespace
}  // namespace ingest
