#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

#include "ingest/kafka.hpp"

namespace ingest {

/// What is known of one partition.
struct PartitionFreshness {
  using Clock = std::chrono::steady_clock;

  std::optional<std::int64_t> log_end;      ///< offset of the next record that will be written
  Clock::time_point log_end_asked_at{};     ///< before the broker was asked, so never too late
  std::optional<std::int64_t> next_offset;  ///< all below it is applied; nothing while not assigned here
  std::optional<Clock::time_point> applied_through;  ///< all up to the log end of then is applied
  Clock::time_point turn_awaited_at{};  ///< last when a slow database took records of whatever partition

  /// All that the broker has, by what it said since `since`, is applied.
  [[nodiscard]] bool is_read_to_end(Clock::time_point since) const {
    return next_offset && log_end && *next_offset >= *log_end && log_end_asked_at >= since;
  }
};

/// Where log ends (from the broker) and applied offsets (from the workers) meet. Any thread.
class Freshness {
 public:
  using Clock = PartitionFreshness::Clock;

  void saw_log_end(const kafka::TopicPartition& partition, std::int64_t log_end, Clock::time_point asked_at);
  void applied(const kafka::TopicPartition& partition, std::int64_t next_offset);
  /// Its worker has applied some records, but the database is so slow that those of others may go first for
  /// long.
  void awaits_turn(const kafka::TopicPartition& partition);
  /// Not assigned here until the group says more; meanwhile its answers grow old.
  void revoked(const kafka::TopicPartition& partition);
  /// The age of its answers is for another member to tell, unless a worker of this one has it.
  void forget(const kafka::TopicPartition& partition);

  /// When the log end was asked for that `next_offset` has reached; nothing when it has not.
  [[nodiscard]] std::optional<Clock::time_point> caught_up_at(const kafka::TopicPartition& partition,
                                                              std::int64_t next_offset) const;
  [[nodiscard]] std::map<kafka::TopicPartition, PartitionFreshness> snapshot() const;

 private:
  mutable std::mutex mutex_;
  std::map<kafka::TopicPartition, PartitionFreshness> partitions_;
};

}  // namespace ingest
