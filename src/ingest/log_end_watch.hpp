#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "ingest/config.hpp"
#include "ingest/freshness.hpp"
#include "ingest/kafka.hpp"
#include "ingest/metrics.hpp"

namespace ingest {

/// Asks the broker at an interval where the logs end, on a thread and a connection of its own, so that a slow
/// broker never holds a worker up. Also brings the freshness metrics up to date.
class LogEndWatch {
 public:
  LogEndWatch(const Config& config, Freshness& freshness, ConsumerMetrics& metrics);
  /// Ends the thread; a question under way is waited for, which takes the broker timeout at most.
  ~LogEndWatch();
  LogEndWatch(const LogEndWatch&) = delete;
  LogEndWatch& operator=(const LogEndWatch&) = delete;

 private:
  void run();
  void ask(const std::string& topic);

  const Config& config_;
  Freshness& freshness_;
  ConsumerMetrics& metrics_;
  kafka::Handle client_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace ingest
