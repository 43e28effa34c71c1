#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "common/answer_timeout.hpp"
#include "common/management.hpp"
#include "common/metrics.hpp"

namespace api {

/// What the API does beside answering, on one thread and one connection: asks the database for readiness and
/// replication lag (not through the pool, since a full pool must not look like a database that is away), and
/// has the partitions of the audit log made ahead.
class DatabaseMonitor {
 public:
  struct Options {
    std::string connection_string;
    std::chrono::milliseconds answer_timeout{6000};  ///< after which the connection is given up
    std::chrono::milliseconds interval{1000};
    std::chrono::seconds partition_interval{3600};
    int partition_months_ahead = 3;
  };

  DatabaseMonitor(Options options, common::Metrics& metrics);
  ~DatabaseMonitor();
  DatabaseMonitor(const DatabaseMonitor&) = delete;
  DatabaseMonitor& operator=(const DatabaseMonitor&) = delete;

  /// What the last sample found. Any thread, at once.
  [[nodiscard]] common::Readiness readiness() const;

 private:
  struct Session;
  void run(const std::stop_token& stop);
  [[nodiscard]] common::Readiness sample();
  void make_partitions();

  const Options options_;
  common::AnswerTimeout answers_;
  prometheus::Gauge& lag_;
  std::unique_ptr<Session> session_;                        ///< of the thread below
  std::chrono::steady_clock::time_point partitions_due_{};  ///< of the thread below
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  common::Readiness state_{false, "the database was not asked yet"};
  std::jthread thread_;  ///< last, so that it ends before what it uses
};

}  // namespace api
