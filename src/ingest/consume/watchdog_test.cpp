#include "ingest/consume/watchdog.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

using namespace std::chrono_literals;

const kafka::TopicPartition kPartition{"ledger.entry.upserted", 0};

class WatchdogTest : public ::testing::Test {
 protected:
  /// What it says after so much more time, in which the broker was asked all along.
  [[nodiscard]] bool is_stuck_after(Watchdog::Clock::duration time, std::int64_t applied, bool fine = true) {
    now_ += time;
    return watchdog_
        .stuck({{kPartition,
                 {.log_end = 10,
                  .log_end_asked_at = now_ - broker_silence_,
                  .next_offset = applied,
                  .applied_through = {},
                  .turn_awaited_at = now_ - others_silence_}}},
               fine, now_)
        .has_value();
  }

  Watchdog watchdog_{60s};
  Watchdog::Clock::time_point now_ = Watchdog::Clock::now();
  Watchdog::Clock::duration broker_silence_ = 0s;
  Watchdog::Clock::duration others_silence_ = 1h;
};

TEST_F(WatchdogTest, records_that_wait_while_none_is_applied_are_noticed) {
  EXPECT_FALSE(is_stuck_after(0s, 5));
  EXPECT_FALSE(is_stuck_after(60s, 5));
  EXPECT_TRUE(is_stuck_after(1s, 5));
}

TEST_F(WatchdogTest, slow_progress_is_progress) {
  for (std::int64_t applied = 0; applied < 10; ++applied) EXPECT_FALSE(is_stuck_after(59s, applied));
}

TEST_F(WatchdogTest, waiting_for_other_partitions_is_no_hang_while_a_slow_database_takes_their_records) {
  EXPECT_FALSE(is_stuck_after(0s, 5));
  others_silence_ = 60s;
  EXPECT_FALSE(is_stuck_after(1h, 5));
  others_silence_ = 61s;
  EXPECT_TRUE(is_stuck_after(0s, 5));
}

TEST_F(WatchdogTest, nothing_to_do_is_no_hang) {
  EXPECT_FALSE(is_stuck_after(0s, 10));
  EXPECT_FALSE(is_stuck_after(1h, 10));
}

TEST_F(WatchdogTest, while_the_database_is_away_there_is_reason_to_wait) {
  EXPECT_FALSE(is_stuck_after(0s, 5));
  EXPECT_FALSE(is_stuck_after(59s, 5, false));
  EXPECT_FALSE(is_stuck_after(59s, 5)) << "counted anew";
}

TEST_F(WatchdogTest, while_the_broker_is_silent_there_is_reason_to_wait) {
  EXPECT_FALSE(is_stuck_after(0s, 5));
  broker_silence_ = 40s;
  EXPECT_FALSE(is_stuck_after(61s, 5));
}

TEST_F(WatchdogTest, a_partition_that_is_not_ours_is_not_our_concern) {
  for (const auto later : {0s, 61s}) {
    now_ += later;
    EXPECT_FALSE(watchdog_.stuck(
        {{kPartition, {.log_end = 10, .log_end_asked_at = now_, .next_offset = {}, .applied_through = {}}}},
        true, now_));
  }
}

}  // namespace
}  // namespace ingest
