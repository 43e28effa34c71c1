#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "ingest/config.hpp"
#include "ingest/consume/freshness.hpp"
#include "ingest/kafka.hpp"

namespace ingest {

/// Asks the broker at an interval where the logs end, on a thread and a connection of its own, so that a slow
/// broker never holds a worker up.
class LogEndWatch {
 public:
  LogEndWatch(const Config& config, Freshness& freshness);
  /// Ends the thread; waits for a question under way, however long a silent broker takes.
  ~LogEndWatch();
  LogEndWatch(const LogEndWatch&) = delete;
  LogEndWatch& operator=(const LogEndWatch&) = delete;

 private:
  void run();
  void ask(const std::string& topic);
  [[nodiscard]] bool is_stopping();

  const Config& config_;
  Freshness& freshness_;
  kafka::Handle client_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace ingest
