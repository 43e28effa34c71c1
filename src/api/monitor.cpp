#include "api/monitor.hpp"

#include <algorithm>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <utility>

#include "api/audit/audit_log.hpp"
#include "api/queries.hpp"
#include "common/log.hpp"

namespace api {
namespace {

using std::chrono::steady_clock;

}  // namespace

DatabaseMonitor::DatabaseMonitor(Options options, common::Metrics& metrics)
    : options_(std::move(options)),
      lag_(
          metrics.gauges("db_replication_lag_seconds", "How far the database is behind its primary").Add({})),
      unsealed_age_(
          metrics.gauges("audit_unsealed_age_seconds", "Age of the oldest audit row without a seal").Add({})),
      default_rows_(
          metrics.gauges("audit_default_partition_rows", "Audit rows of months without a partition").Add({})),
      sealed_rows_(
          metrics.counters("audit_sealed_rows_total", "Audit rows that this process has sealed").Add({})),
      session_(options_.database_url, options_.session),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

common::Readiness DatabaseMonitor::readiness() const {
  const std::scoped_lock lock(mutex_);
  return state_;
}

void DatabaseMonitor::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto state = sample();
    publish(state);
    if (state.ready) {
      if (steady_clock::now() >= partitions_due_) make_partitions();
      if (options_.seal_interval.count() > 0 && steady_clock::now() >= seal_due_) seal();
      observe_audit_log();
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, options_.interval, [] { return false; });
  }
}

void DatabaseMonitor::publish(const common::Readiness& state) {
  const std::scoped_lock lock(mutex_);
  if (state.ready != state_.ready)
    common::log::info("readiness changed", {{"ready", state.ready}, {"reason", state.reason}});
  state_ = state;
}

common::Readiness DatabaseMonitor::sample() {
  try {
    const auto row = session_.run(
        [](pqxx::connection& open) { return pqxx::nontransaction(open).exec1(queries::kMonitor.sql); });
    lag_.Set(row[1].is_null() ? 0.0 : row[1].as<double>());
    if (row[0].as<bool>(false)) return {true, "ready"};
    return {false, "the database can't write audit rows"};
  } catch (const std::exception& error) {
    session_.disconnect();
    const auto fault = common::classify(error);
    common::log::debug("monitor failed", {{"sqlstate", fault.sqlstate}, {"detail", fault.detail}});
    return {false, "the database does not answer (SQLSTATE " +
                       (fault.sqlstate.empty() ? "none" : fault.sqlstate) + ")"};
  }
}

/// For one statement. A fault is logged; the next sample finds out whether the connection is lost.
bool DatabaseMonitor::attempt(const char* failure, const std::function<void(pqxx::connection&)>& job) {
  try {
    session_.run(job);
    return true;
  } catch (const std::exception& error) {
    const auto fault = common::classify(error);
    common::log::warn(failure, {{"sqlstate", fault.sqlstate}, {"detail", fault.detail}});
    return false;
  }
}

/// Without a partition rows go to the DEFAULT one, so a failure is no emergency.
void DatabaseMonitor::make_partitions() {
  constexpr std::chrono::seconds kRetry{60};
  const bool done = attempt("audit partitions not made", [this](pqxx::connection& connection) {
    pqxx::nontransaction session(connection);
    const auto row =
        session.exec_params1(queries::kCreateAuditPartitions.sql, options_.partition_months_ahead);
    if (const auto made = row[0].as<int>(); made > 0)
      common::log::info("audit partitions made", {{"count", made}});
  });
  partitions_due_ = steady_clock::now() +
                    (done ? options_.partition_interval : std::min(kRetry, options_.partition_interval));
}

/// Block by block, no longer than until the next sample is due: then the rest has its turn after it. The line
/// in the log is a checkpoint for whoever keeps logs out of reach of the database.
void DatabaseMonitor::seal() {
  const auto give_up_at = steady_clock::now() + options_.interval;
  seal_due_ = steady_clock::now() + options_.seal_interval;
  std::int64_t rows = 0;
  std::optional<Seal> last;
  std::optional<Seal> sealed;
  const auto seal_block = [&](pqxx::connection& connection) {
    sealed = seal_audit_log(connection, options_.seal_max_rows, Turn::leave);
  };
  while (attempt("audit log not sealed", seal_block) && sealed) {
    rows += sealed->rows;
    last = sealed;
    if (steady_clock::now() < give_up_at) continue;
    seal_due_ = {};
    break;
  }
  if (!last) return;
  sealed_rows_.Increment(static_cast<double>(rows));
  common::log::info("audit log sealed",
                    {{"rows", rows}, {"seal_number", last->seal_number}, {"hash", last->hash}});
}

void DatabaseMonitor::observe_audit_log() {
  static_cast<void>(attempt("audit log not observed", [this](pqxx::connection& connection) {
    const auto state = audit_log_state(connection);
    unsealed_age_.Set(state.unsealed_age_seconds);
    default_rows_.Set(static_cast<double>(state.default_rows));
  }));
}

}  // namespace api
