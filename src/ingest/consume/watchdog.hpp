#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

#include "ingest/consume/freshness.hpp"

namespace ingest {

/// Notices that records wait and none is applied, though broker and database are fine: a program that hangs
/// is better started anew. Pure but for the clock that it is given. One thread.
class Watchdog {
 public:
  using Clock = PartitionFreshness::Clock;

  explicit Watchdog(Clock::duration patience) : patience_(patience) {}

  /// A partition of which records have waited for longer than the patience without any being applied, or any
  /// of its worker's to a slow database, while the log ends were known and `environment_is_fine` was never
  /// false.
  [[nodiscard]] std::optional<kafka::TopicPartition> stuck(
      const std::map<kafka::TopicPartition, PartitionFreshness>& partitions, bool environment_is_fine,
      Clock::time_point now);

 private:
  struct Position {
    std::int64_t next_offset;
    Clock::time_point since;
  };
  const Clock::duration patience_;
  std::map<kafka::TopicPartition, Position> waiting_;
};

}  // namespace ingest
