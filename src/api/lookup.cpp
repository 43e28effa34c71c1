#include "api/lookup.hpp"

#include <pqxx/binarystring>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <utility>

#include "api/queries.hpp"
#include "common/log.hpp"
#include "common/wire.hpp"

namespace api {
namespace {

namespace wire = common::wire;
using std::chrono::steady_clock;

const prometheus::Histogram::BucketBoundaries kRequestBuckets{1, 2, 4, 8, 16, 32, 64};

const queries::Statement& statement_of(Lookup lookup) {
  switch (lookup) {
    case Lookup::tx:
      return queries::kLookupTx;
    case Lookup::payment_order:
      return queries::kLookupPaymentOrder;
    case Lookup::wallet_tx:
      return queries::kLookupWalletTx;
  }
  throw std::logic_error("unknown lookup");
}

double seconds_since(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

/// A bo_api.lookup_request.
void encode(std::string& out, const LookupRequest& request) {
  const bool is_list = request.lookup == Lookup::wallet_tx;
  const auto elapsed = steady_clock::now() - request.started;
  wire::Row row(out, 13);
  row.text(request.id);
  row.timestamptz(request.wallet.from);
  row.timestamptz(request.wallet.to);
  row.int4(is_list ? std::optional(request.wallet.limit) : std::nullopt);
  row.text(request.actor_id);
  row.text(request.actor_roles);
  row.text(request.ip);
  row.text(request.user_agent);
  row.text(request.method);
  row.text(request.path);
  row.text(request.query);
  row.text(request.correlation_id);
  row.int8(std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count());
}

std::string encode(const LookupRequests& requests, std::uint32_t request_type) {
  std::string rows;
  for (const auto* request : requests) encode(rows, *request);
  return wire::array(request_type, static_cast<std::int32_t>(requests.size()), rows);
}

/// A nontransaction sends neither BEGIN nor COMMIT: the statement commits itself, audit rows included.
pqxx::result execute(pqxx::connection& connection, const char* statement, const std::string& requests) {
  pqxx::nontransaction session(connection);
  return session.exec_prepared(statement, pqxx::binarystring(requests.data(), requests.size()));
}

std::vector<LookupOutcome> read(const pqxx::result& result) {
  std::vector<LookupOutcome> outcomes;
  for (const auto& row : result) {
    if (row[0].is_null() || row[1].is_null()) throw std::logic_error("a lookup function answered null");
    outcomes.emplace_back(LookupAnswer{row[0].as<int>(), std::string(row[1].c_str(), row[1].size())});
  }
  return outcomes;
}

}  // namespace

DatabaseLookups::DatabaseLookups(LookupOptions options, common::Metrics& metrics)
    : slow_query_(options.slow_query),
      latency_(metrics.histograms("db_query_latency_seconds", "Time of one SQL call")),
      queries_(metrics.counters("db_queries_total", "SQL calls by outcome: ok or the SQLSTATE")),
      requests_per_call_(metrics.histograms("db_lookups_per_query", "Lookups that one SQL call answered")),
      pool_(
          [&] {
            options.pool.on_connect = [this](auto& connection) { prepare(connection); };
            return std::move(options.pool);
          }(),
          metrics),
      calls_{coalescer(options.coalescing), coalescer(options.coalescing), coalescer(options.coalescing)} {}

LookupAnswer DatabaseLookups::find(const LookupRequest& request) {
  auto outcome = calls_.at(static_cast<std::size_t>(request.lookup))(request);
  if (auto* fault = std::get_if<common::Fault>(&outcome)) throw LookupUnavailable(std::move(*fault));
  return std::get<LookupAnswer>(std::move(outcome));
}

DatabaseLookups::SharedCalls DatabaseLookups::coalescer(const common::CoalescerOptions& options) {
  return {options, [this](const LookupRequests& requests) { return find_all(requests); }};
}

void DatabaseLookups::prepare(pqxx::connection& connection) {
  for (const auto* statement :
       {&queries::kLookupTx, &queries::kLookupPaymentOrder, &queries::kLookupWalletTx}) {
    connection.prepare(statement->name, statement->sql);
  }
  pqxx::nontransaction session(connection);
  request_type_ = session.exec1(queries::kWireTypes)[0].as<std::uint32_t>();
}

std::vector<LookupOutcome> DatabaseLookups::find_all(const LookupRequests& requests) {
  auto outcome = attempt(requests);
  auto* fault = std::get_if<common::Fault>(&outcome);
  if (fault != nullptr && fault->connection_lost) {
    outcome = attempt(requests);
    fault = std::get_if<common::Fault>(&outcome);
  }
  if (fault == nullptr) return std::get<std::vector<LookupOutcome>>(std::move(outcome));
  if (requests.size() == 1 || fault->kind == common::FaultKind::environment) {
    return std::vector<LookupOutcome>(requests.size(), *fault);
  }
  // One of them is refused or too slow: alone, it is no harm to the others.
  std::vector<LookupOutcome> outcomes;
  for (const auto* request : requests) outcomes.push_back(find_all({request}).front());
  return outcomes;
}

DatabaseLookups::Attempt DatabaseLookups::attempt(const LookupRequests& requests) {
  std::optional<common::Pool::Lease> lease;
  try {
    lease.emplace(pool_.acquire());
  } catch (const std::exception& error) {
    // Nothing was sent, and a second attempt would only wait again.
    auto fault = common::classify(error);
    fault.connection_lost = false;
    return fault;
  }
  const auto* statement = statement_of(requests.front()->lookup).name;
  const auto start = steady_clock::now();
  try {
    auto outcomes = read(execute(**lease, statement, encode(requests, request_type_)));
    observe(requests, statement, seconds_since(start), "ok");
    return outcomes;
  } catch (const std::exception& error) {
    auto fault = common::classify(error);
    observe(requests, statement, seconds_since(start), fault.sqlstate.empty() ? "none" : fault.sqlstate);
    if (fault.connection_lost || !(**lease).is_open()) {
      fault.connection_lost = true;
      lease->discard();
    }
    return fault;
  }
}

void DatabaseLookups::observe(const LookupRequests& requests, const char* statement, double seconds,
                              const std::string& sqlstate) {
  latency_.Add({{"query", statement}}, common::latency_buckets()).Observe(seconds);
  requests_per_call_.Add({{"query", statement}}, kRequestBuckets)
      .Observe(static_cast<double>(requests.size()));
  queries_.Add({{"query", statement}, {"outcome", sqlstate}}).Increment();
  if (seconds * 1000 < static_cast<double>(slow_query_.count())) return;
  for (const auto* request : requests) {
    common::log::warn("slow query", {{"query", statement},
                                     {"duration_ms", seconds * 1000},
                                     {"lookups", requests.size()},
                                     {"correlation_id", request->correlation_id}});
  }
}

}  // namespace api
