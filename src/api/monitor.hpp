#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <pqxx/connection>
#include <stop_token>
#include <string>
#include <thread>

#include "common/database.hpp"
#include "common/management.hpp"
#include "common/metrics.hpp"
#include "common/session.hpp"

namespace api {

/// What the API does beside answering, on one thread and one connection: asks the database for readiness and
/// replication lag (not through the pool, since a full pool must not look like a database that is away), and
/// has the partitions of the audit log made ahead and its rows sealed.
class DatabaseMonitor {
 public:
  struct Options {
    std::string database_url;
    common::SessionOptions session;
    std::chrono::milliseconds interval{1000};
    std::chrono::seconds partition_interval{3600};
    int partition_months_ahead = 3;
    std::chrono::seconds seal_interval{60};  ///< 0: this process does not seal
    int seal_max_rows = 10'000;              ///< in a block
  };

  DatabaseMonitor(Options options, common::Metrics& metrics);

  /// What the last sample found. Any thread, at once.
  [[nodiscard]] common::Readiness readiness() const;

 private:
  void run(const std::stop_token& stop);
  void publish(const common::Readiness& state);
  [[nodiscard]] common::Readiness sample();
  [[nodiscard]] bool attempt(const char* failure, const std::function<void(pqxx::connection&)>& job);
  void make_partitions();
  void seal();
  void observe_audit_log();

  const Options options_;
  prometheus::Gauge& lag_;
  prometheus::Gauge& unsealed_age_;
  prometheus::Gauge& default_rows_;
  prometheus::Counter& sealed_rows_;
  common::Session session_;                                 ///< of the thread below
  std::chrono::steady_clock::time_point partitions_due_{};  ///< of the thread below
  std::chrono::steady_clock::time_point seal_due_{};        ///< of the thread below
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  common::Readiness state_{false, "the database was not asked yet"};
  std::jthread thread_;  ///< last, so that it ends before what it uses
};

}  // namespace api
