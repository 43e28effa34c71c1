#include "ingest/consume/freshness.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

const kafka::TopicPartition kPartition{"ledger", 0};

TEST(Freshness, knows_no_age_before_the_log_end_is_reached) {
  Freshness freshness;
  EXPECT_FALSE(freshness.caught_up_age_us(kPartition, 10));
  freshness.saw_log_end(kPartition, 10, Freshness::Clock::now());
  EXPECT_FALSE(freshness.caught_up_age_us(kPartition, 9));
  EXPECT_TRUE(freshness.caught_up_age_us(kPartition, 10));
}

TEST(Freshness, counts_the_age_from_when_the_broker_was_asked) {
  Freshness freshness;
  freshness.saw_log_end(kPartition, 10, Freshness::Clock::now() - std::chrono::seconds(5));
  EXPECT_GE(*freshness.caught_up_age_us(kPartition, 10), 5'000'000);
}

TEST(Freshness, grows_stale_while_records_are_waiting) {
  Freshness freshness;
  const auto first = Freshness::Clock::now() - std::chrono::seconds(5);
  freshness.applied(kPartition, 10);
  freshness.saw_log_end(kPartition, 10, first);
  freshness.saw_log_end(kPartition, 11, Freshness::Clock::now());
  EXPECT_EQ(freshness.snapshot()[kPartition].applied_through, first);
}

TEST(Freshness, forgets_a_partition_that_is_lost) {
  Freshness freshness;
  freshness.applied(kPartition, 10);
  freshness.lost(kPartition);
  EXPECT_FALSE(freshness.snapshot()[kPartition].next_offset);
}

}  // namespace
}  // namespace ingest
