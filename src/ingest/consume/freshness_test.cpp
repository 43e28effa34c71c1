#include "ingest/consume/freshness.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

const kafka::TopicPartition kPartition{"ledger", 0};

/// All was applied that there was at this time, and the partition was revoked later.
void apply_and_revoke(Freshness& freshness, Freshness::Clock::time_point asked_at) {
  freshness.applied(kPartition, 10);
  freshness.saw_log_end(kPartition, 10, asked_at);
  freshness.revoked(kPartition);
}

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

TEST(Freshness, grows_stale_while_a_partition_is_revoked) {
  Freshness freshness;
  const auto asked_at = Freshness::Clock::now() - std::chrono::seconds(5);
  apply_and_revoke(freshness, asked_at);
  freshness.saw_log_end(kPartition, 10, Freshness::Clock::now());
  EXPECT_FALSE(freshness.snapshot()[kPartition].next_offset);
  EXPECT_EQ(freshness.snapshot()[kPartition].applied_through, asked_at);
}

TEST(Freshness, of_a_partition_that_came_back_is_counted_from_before) {
  Freshness freshness;
  const auto asked_at = Freshness::Clock::now() - std::chrono::seconds(5);
  apply_and_revoke(freshness, asked_at);
  freshness.saw_log_end(kPartition, 11, Freshness::Clock::now());
  freshness.applied(kPartition, 10);
  EXPECT_EQ(freshness.snapshot()[kPartition].applied_through, asked_at);
}

TEST(Freshness, of_a_partition_of_another_member_is_not_known_here) {
  Freshness freshness;
  freshness.applied(kPartition, 10);
  freshness.revoked(kPartition);
  freshness.forget(kPartition);
  EXPECT_FALSE(freshness.snapshot()[kPartition].applied_through);
}

TEST(Freshness, of_a_partition_that_another_worker_has_is_not_forgotten) {
  Freshness freshness;
  freshness.applied(kPartition, 10);
  freshness.forget(kPartition);
  EXPECT_TRUE(freshness.snapshot()[kPartition].applied_through);
}

TEST(PartitionFreshness, is_read_to_end_by_what_the_broker_said_lately) {
  const auto now = Freshness::Clock::now();
  PartitionFreshness known{.log_end = 10, .log_end_asked_at = now, .next_offset = 10, .applied_through = now};
  EXPECT_TRUE(known.is_read_to_end(now));
  EXPECT_FALSE(known.is_read_to_end(now + std::chrono::seconds(1)));
  known.next_offset = 9;
  EXPECT_FALSE(known.is_read_to_end(now));
  known.next_offset.reset();
  EXPECT_FALSE(known.is_read_to_end(now));
}

}  // namespace
}  // namespace ingest
