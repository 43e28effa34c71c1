#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "common/management.hpp"
#include "common/metrics.hpp"

namespace api {

/// Asks the database every `interval`, on a connection of its own so that a full pool does not look like a
/// database that is away: readiness and db_replication_lag_seconds.
class DatabaseMonitor {
 public:
  DatabaseMonitor(std::string connection_string, std::chrono::milliseconds interval,
                  common::Metrics& metrics);
  ~DatabaseMonitor();
  DatabaseMonitor(const DatabaseMonitor&) = delete;
  DatabaseMonitor& operator=(const DatabaseMonitor&) = delete;

  /// What the last sample found. Any thread, at once.
  [[nodiscard]] common::Readiness readiness() const;

 private:
  struct Session;
  void run(const std::stop_token& stop);
  [[nodiscard]] common::Readiness sample();

  const std::string connection_string_;
  const std::chrono::milliseconds interval_;
  prometheus::Gauge& lag_;
  std::unique_ptr<Session> session_;  ///< of the thread below
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  common::Readiness state_{false, "the database was not asked yet"};
  std::jthread thread_;  ///< last, so that it ends before what it uses
};

}  // namespace api
