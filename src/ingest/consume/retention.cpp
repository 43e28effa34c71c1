#include "ingest/consume/retention.hpp"

#include <condition_variable>
#include <mutex>

#include "common/log.hpp"
#include "ingest/dead_letters/dead_letter_store.hpp"

namespace ingest {

Retention::Retention(const Config& config)
    : database_url_(config.database_url),
      session_(config.session),
      actor_(config.service_name),
      days_(config.dlq_retention_days),
      interval_(config.dlq_prune_interval),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Retention::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  while (!stop.stop_requested()) {
    prune(stop);
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, interval_, [] { return false; });
  }
}

/// What could not be pruned now is pruned the next time.
void Retention::prune(const std::stop_token& stop) {
  try {
    DeadLetterStore letters(database_url_, session_, {.actor = actor_, .reason = {}});
    std::int64_t total = 0;
    for (std::int64_t pruned = 1; pruned > 0 && !stop.stop_requested(); total += pruned)
      pruned = letters.prune(days_);
    if (total > 0) common::log::info("dead letters pruned", {{"count", total}, {"older_than_days", days_}});
  } catch (const std::exception& error) {
    const auto fault = common::classify(error);
    common::log::warn("dead letters not pruned", {{"sqlstate", fault.sqlstate}, {"detail", fault.detail}});
  }
}

}  // namespace ingest
