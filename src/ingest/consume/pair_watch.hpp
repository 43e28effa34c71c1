#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "ingest/config.hpp"
#include "ingest/consume/metrics.hpp"
#include "ingest/repair/pair_store.hpp"

namespace ingest {

/// Checks a sample of the pairs at an interval, on a thread and a connection of its own. Of all processes one
/// does so at a time: the one that holds the lock of bo.watch_pairs().
class PairWatch {
 public:
  PairWatch(const Config& config, ConsumerMetrics& metrics);

 private:
  void run(const std::stop_token& stop);
  void check();

  const int max_orders_;
  const std::chrono::seconds interval_;
  ConsumerMetrics& metrics_;
  PairStore store_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  ///< last, so that it ends before what it uses
};

}  // namespace ingest
