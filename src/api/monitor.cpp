#include "api/monitor.hpp"

#include <algorithm>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <utility>

#include "api/queries.hpp"
#include "common/database.hpp"
#include "common/log.hpp"

namespace api {

struct DatabaseMonitor::Session {
  explicit Session(const std::string& connection_string) : connection(connection_string) {}
  pqxx::connection connection;
};

DatabaseMonitor::DatabaseMonitor(Options options, common::Metrics& metrics)
    : options_(std::move(options)),
      answers_(options_.answer_timeout),
      lag_(
          metrics.gauges("db_replication_lag_seconds", "How far the database is behind its primary").Add({})),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

DatabaseMonitor::~DatabaseMonitor() = default;

common::Readiness DatabaseMonitor::readiness() const {
  const std::scoped_lock lock(mutex_);
  return state_;
}

void DatabaseMonitor::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    auto state = sample();
    if (state.ready && std::chrono::steady_clock::now() >= partitions_due_) make_partitions();
    std::unique_lock lock(mutex_);
    if (state.ready != state_.ready)
      common::log::info("readiness changed", {{"ready", state.ready}, {"reason", state.reason}});
    state_ = std::move(state);
    wake_.wait_for(lock, stop, options_.interval, [] { return false; });
  }
}

common::Readiness DatabaseMonitor::sample() {
  try {
    if (!session_) session_ = std::make_unique<Session>(options_.connection_string);
    const auto row = answers_.within(session_->connection.sock(), [&] {
      return pqxx::nontransaction(session_->connection).exec1(queries::kMonitor.sql);
    });
    lag_.Set(row[1].is_null() ? 0.0 : row[1].as<double>());
    if (row[0].as<bool>(false)) return {true, "ready"};
    return {false, "the database can't write audit rows"};
  } catch (const std::exception& error) {
    session_.reset();
    const auto fault = common::classify(error);
    common::log::debug("monitor failed", {{"sqlstate", fault.sqlstate}, {"detail", fault.detail}});
    return {false, "the database does not answer (SQLSTATE " +
                       (fault.sqlstate.empty() ? "none" : fault.sqlstate) + ")"};
  }
}

/// Without a partition rows go to the DEFAULT one, so a failure is no emergency.
void DatabaseMonitor::make_partitions() {
  constexpr std::chrono::seconds kRetry{60};
  partitions_due_ = std::chrono::steady_clock::now() + options_.partition_interval;
  try {
    const auto row = answers_.within(session_->connection.sock(), [&] {
      return pqxx::nontransaction(session_->connection)
          .exec_params1(queries::kCreateAuditPartitions.sql, options_.partition_months_ahead);
    });
    if (const auto made = row[0].as<int>(); made > 0)
      common::log::info("audit partitions made", {{"count", made}});
  } catch (const std::exception& error) {
    partitions_due_ = std::chrono::steady_clock::now() + std::min(kRetry, options_.partition_interval);
    const auto fault = common::classify(error);
    common::log::warn("audit partitions not made", {{"sqlstate", fault.sqlstate}, {"detail", fault.detail}});
  }
}

}  // namespace api
