#include "ingest/consume/freshness.hpp"

namespace ingest {

void Freshness::saw_log_end(const kafka::TopicPartition& partition, std::int64_t log_end,
                            Clock::time_point asked_at) {
  const std::lock_guard lock(mutex_);
  auto& known = partitions_[partition];
  known.log_end = log_end;
  known.log_end_asked_at = asked_at;
  if (known.next_offset >= known.log_end) known.applied_through = asked_at;
}

void Freshness::applied(const kafka::TopicPartition& partition, std::int64_t next_offset) {
  const std::lock_guard lock(mutex_);
  auto& known = partitions_[partition];
  known.next_offset = next_offset;
  if (!known.applied_through)
    known.applied_through = Clock::now();  // an age is counted from the assignment on
  if (known.log_end && next_offset >= *known.log_end) known.applied_through = known.log_end_asked_at;
}

void Freshness::awaits_turn(const kafka::TopicPartition& partition) {
  const std::lock_guard lock(mutex_);
  partitions_[partition].turn_awaited_at = Clock::now();
}

void Freshness::revoked(const kafka::TopicPartition& partition) {
  const std::lock_guard lock(mutex_);
  partitions_[partition].next_offset.reset();
}

void Freshness::forget(const kafka::TopicPartition& partition) {
  const std::lock_guard lock(mutex_);
  auto& known = partitions_[partition];
  if (!known.next_offset) known.applied_through.reset();
}

std::optional<Freshness::Clock::time_point> Freshness::caught_up_at(const kafka::TopicPartition& partition,
                                                                    std::int64_t next_offset) const {
  const std::lock_guard lock(mutex_);
  const auto known = partitions_.find(partition);
  if (known == partitions_.end() || !known->second.log_end || next_offset < *known->second.log_end)
    return std::nullopt;
  return known->second.log_end_asked_at;
}

std::map<kafka::TopicPartition, PartitionFreshness> Freshness::snapshot() const {
  const std::lock_guard lock(mutex_);
  return partitions_;
}

}  // namespace ingest
