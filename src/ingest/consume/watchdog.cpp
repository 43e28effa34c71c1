#include "ingest/consume/watchdog.hpp"

#include <algorithm>

namespace ingest {

std::optional<kafka::TopicPartition> Watchdog::stuck(
    const std::map<kafka::TopicPartition, PartitionFreshness>& partitions, bool environment_is_fine,
    Clock::time_point now) {
  for (const auto& [partition, known] : partitions) {
    const bool records_wait = known.next_offset && known.log_end && *known.log_end > *known.next_offset;
    // A log end that nobody has confirmed for a while says nothing of a broker that may be away.
    const bool broker_answers = now - known.log_end_asked_at < patience_ / 2;
    if (!records_wait || !broker_answers || !environment_is_fine) {
      waiting_.erase(partition);
      continue;
    }
    const auto [seen, is_new] = waiting_.try_emplace(partition, Position{*known.next_offset, now});
    if (!is_new && seen->second.next_offset != *known.next_offset) seen->second = {*known.next_offset, now};
    if (now - std::max(seen->second.since, known.turn_awaited_at) > patience_) return partition;
  }
  return std::nullopt;
}

}  // namespace ingest
