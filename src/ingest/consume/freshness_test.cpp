#include "ingest/consume/freshness.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

const kafka::TopicPartition kPartition{"ledger", 0};

TEST(Freshness, is_caught_up_as_of_when_the_broker_was_asked_for_the_log_end_that_is_reached) {
  Freshness freshness;
  const auto asked_at = Freshness::Clock::now() - std::chrono::seconds(5);
  EXPECT_FALSE(freshness.caught_up_at(kPartition, 10));
  freshness.saw_log_end(kPartition, 10, asked_at);
  EXPECT_FALSE(freshness.caught_up_at(kPartition, 9));
  EXPECT_EQ(freshness.caught_up_at(kPartition, 10), asked_at);
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
