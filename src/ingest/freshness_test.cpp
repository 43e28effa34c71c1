#include "ingest/freshness.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

const kafka::TopicPartition kPartition{"ledger", 0};

TEST(Freshness, KnowsNoAgeBeforeTheLogEndIsReached) {
  Freshness freshness;
  EXPECT_FALSE(freshness.caught_up_age_us(kPartition, 10));
  freshness.saw_log_end(kPartition, 10, Freshness::Clock::now());
  EXPECT_FALSE(freshness.caught_up_age_us(kPartition, 9));
  EXPECT_TRUE(freshness.caught_up_age_us(kPartition, 10));
}

TEST(Freshness, CountsTheAgeFromWhenTheBrokerWasAsked) {
  Freshness freshness;
  freshness.saw_log_end(kPartition, 10, Freshness::Clock::now() - std::chrono::seconds(5));
  EXPECT_GE(*freshness.caught_up_age_us(kPartition, 10), 5'000'000);
}

TEST(Freshness, GrowsStaleWhileRecordsAreWaiting) {
  Freshness freshness;
  const auto first = Freshness::Clock::now() - std::chrono::seconds(5);
  freshness.applied(kPartition, 10);
  freshness.saw_log_end(kPartition, 10, first);
  freshness.saw_log_end(kPartition, 11, Freshness::Clock::now());
  EXPECT_EQ(freshness.snapshot()[kPartition].applied_through, first);
}

TEST(Freshness, ForgetsAPartitionThatIsLost) {
  Freshness freshness;
  freshness.applied(kPartition, 10);
  freshness.lost(kPartition);
  EXPECT_FALSE(freshness.snapshot()[kPartition].next_offset);
}

}  // namespace
}  // namespace ingest
