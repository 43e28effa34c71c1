#include "api/lookup.hpp"

#include <pqxx/nontransaction>
#include <pqxx/result>
#include <utility>

#include "api/queries.hpp"
#include "common/log.hpp"

namespace api {
namespace {

using std::chrono::steady_clock;

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

void prepare_all(pqxx::connection& connection) {
  for (const auto* statement :
       {&queries::kLookupTx, &queries::kLookupPaymentOrder, &queries::kLookupWalletTx}) {
    connection.prepare(statement->name, statement->sql);
  }
}

double seconds_since(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

/// A nontransaction sends neither BEGIN nor COMMIT: the statement commits itself, audit row included.
pqxx::result execute(pqxx::connection& connection, const LookupRequest& request) {
  pqxx::nontransaction session(connection);
  const auto* name = statement_of(request.lookup).name;
  const auto call = [&](const auto&... arguments) {
    return session.exec_prepared(name, request.id, arguments..., request.actor_id, request.actor_roles,
                                 request.ip, request.user_agent, request.method, request.path, request.query,
                                 request.correlation_id, seconds_since(request.started) * 1000);
  };
  if (request.lookup != Lookup::wallet_tx) return call();
  return call(request.wallet.from, request.wallet.to, request.wallet.limit);
}

LookupAnswer read(const pqxx::result& result) {
  const auto& row = result.at(0);
  if (row[0].is_null() || row[1].is_null()) throw std::logic_error("a lookup function answered null");
  return {row[0].as<int>(), std::string(row[1].c_str(), row[1].size())};
}

}  // namespace

DatabaseLookups::DatabaseLookups(common::PoolOptions options, std::chrono::milliseconds slow_query,
                                 common::Metrics& metrics)
    : slow_query_(slow_query),
      latency_(metrics.histograms("db_query_latency_seconds", "Time of one SQL call")),
      queries_(metrics.counters("db_queries_total", "SQL calls by outcome: ok or the SQLSTATE")),
      pool_(
          [&] {
            options.on_connect = prepare_all;
            return std::move(options);
          }(),
          metrics) {}

LookupAnswer DatabaseLookups::find(const LookupRequest& request) {
  auto result = attempt(request);
  if (!result.answer && result.fault.connection_lost) result = attempt(request);
  if (!result.answer) throw LookupUnavailable(std::move(result.fault));
  return std::move(*result.answer);
}

DatabaseLookups::Attempt DatabaseLookups::attempt(const LookupRequest& request) {
  std::optional<common::Pool::Lease> lease;
  try {
    lease.emplace(pool_.acquire());
  } catch (const std::exception& error) {
    // Nothing was sent, and a second attempt would only wait again.
    auto fault = common::classify(error);
    fault.connection_lost = false;
    return {std::nullopt, std::move(fault)};
  }
  const auto* statement = statement_of(request.lookup).name;
  const auto start = steady_clock::now();
  try {
    auto answer = read(execute(**lease, request));
    observe(request, statement, seconds_since(start), "ok");
    return {std::move(answer), {}};
  } catch (const std::exception& error) {
    auto fault = common::classify(error);
    observe(request, statement, seconds_since(start), fault.sqlstate.empty() ? "none" : fault.sqlstate);
    if (fault.connection_lost || !(**lease).is_open()) {
      fault.connection_lost = true;
      lease->discard();
    }
    return {std::nullopt, std::move(fault)};
  }
}

void DatabaseLookups::observe(const LookupRequest& request, const char* statement, double seconds,
                              const std::string& sqlstate) {
  latency_.Add({{"query", statement}}, common::latency_buckets()).Observe(seconds);
  queries_.Add({{"query", statement}, {"outcome", sqlstate}}).Increment();
  if (seconds * 1000 < static_cast<double>(slow_query_.count())) return;
  common::log::warn(
      "slow query",
      {{"query", statement}, {"duration_ms", seconds * 1000}, {"correlation_id", request.correlation_id}});
}

}  // namespace api
