#include "api/lookup.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
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

const prometheus::Histogram::BucketBoundaries kLookupBuckets{1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

constexpr std::string_view kLockNotAvailable = "55P03";

static_assert(std::size(queries::kLookups) == kLookupCount);

double seconds_since(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

/// The filters of a list and the ids of a batch as a JSON object, or nothing.
std::optional<std::string> filters_of(const LookupRequest& request) {
  const bool has_filters = request.query && !request.query->filters.empty();
  if (!has_filters && request.tx_ids.empty()) return std::nullopt;
  rapidjson::StringBuffer buffer;
  rapidjson::Writer writer(buffer);
  const auto put = [&writer](const std::string& text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  };
  writer.StartObject();
  if (has_filters) {
    for (const auto& [name, value] : request.query->filters) {
      put(name);
      put(value);
    }
  }
  if (!request.tx_ids.empty()) {
    put("tx_ids");
    writer.StartArray();
    for (const auto& tx_id : request.tx_ids) put(tx_id);
    writer.EndArray();
  }
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize());
}

/// Appends a bo_api.lookup_request.
void append_row(std::string& rows, const LookupRequest& request) {
  const auto* query = request.query ? &*request.query : nullptr;
  const auto elapsed = steady_clock::now() - request.started;
  wire::Row row(rows, 17);
  row.text(request.id);
  row.timestamptz(query == nullptr ? std::nullopt : query->from);
  row.timestamptz(query == nullptr ? std::nullopt : query->to);
  row.int4(query == nullptr ? std::nullopt : std::optional(query->limit));
  row.text(request.actor_id);
  row.text(request.actor_roles);
  row.text(request.ip);
  row.text(request.user_agent);
  row.text(request.method);
  row.text(request.path);
  row.text(request.query_text);
  row.text(request.correlation_id);
  row.int8(std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count());
  row.text(query == nullptr ? std::nullopt : query->cursor);
  row.jsonb(filters_of(request));
  row.text(request.wants_csv ? std::optional<std::string_view>("text/csv") : std::nullopt);
  row.text(request.access_reason);
}

LookupAnswer answer_of(const pqxx::row& row) {
  if (row[0].is_null() || row[1].is_null()) throw std::logic_error("a lookup function answered null");
  LookupAnswer answer{row[0].as<int>(), std::string(row[1].c_str(), row[1].size()), std::nullopt};
  if (!row[2].is_null()) answer.next_cursor = row[2].as<std::string>();
  return answer;
}

common::Fault without_connection(const char* detail) {
  common::Fault fault;
  fault.detail = detail;
  return fault;
}

/// The session was prepared for a schema that is no more: functions or types were made anew.
bool is_of_an_old_schema(std::string_view sqlstate) {
  return sqlstate == "26000" || sqlstate == "42704" || sqlstate == "42804" || sqlstate == "42883" ||
         sqlstate == "XX000";
}

}  // namespace

DatabaseLookups::DatabaseLookups(LookupOptions options, common::Metrics& metrics)
    : slow_query_(options.slow_query),
      checkout_timeout_(options.checkout_timeout),
      answers_(options.answer_timeout),
      checkout_latency_(
          metrics
              .histograms("db_pool_checkout_latency_seconds", "Time from a request until it has a connection")
              .Add({}, common::latency_buckets())),
      latency_(metrics.histograms("db_query_latency_seconds", "Time of one SQL call"), {"query"},
               common::latency_buckets()),
      queries_(metrics.counters("db_queries_total", "SQL calls by outcome: ok or the SQLSTATE"),
               {"query", "outcome"}),
      lookups_per_query_(metrics.histograms("db_lookups_per_query", "Lookups that one SQL call answered"),
                         {"query"}, kLookupBuckets),
      pool_(
          [&] {
            options.pool.on_connect = [this](auto& connection) { prepare(connection); };
            return std::move(options.pool);
          }(),
          metrics),
      calls_(
          options.coalescing, 2 * kLookupCount, kind_of, [this](auto& asked) { return answer(asked); },
          [this](Asked&& asked, Outcome&& outcome) { settle(std::move(asked), std::move(outcome)); }) {
  metrics.gauges("db_pool_limit", "Connections at most")
      .Add({})
      .Set(static_cast<double>(options.coalescing.threads));
}

std::size_t DatabaseLookups::kind_of(const Asked& asked) {
  return static_cast<std::size_t>(asked.request.lookup) + (asked.denied == nullptr ? 0 : kLookupCount);
}

const char* DatabaseLookups::statement_of(Group group) {
  const auto& asked = group.front();
  if (asked.denied != nullptr) return queries::kRecordDenial.name;
  return queries::kLookups[static_cast<std::size_t>(asked.request.lookup)].name;
}

void DatabaseLookups::prepare(pqxx::connection& connection) {
  for (const auto& statement : queries::kLookups) connection.prepare(statement.name, statement.sql);
  connection.prepare(queries::kRecordDenial.name, queries::kRecordDenial.sql);
  request_type_ = answers_.within(connection.sock(), [&] {
    return pqxx::nontransaction(connection).exec1(queries::kWireTypes)[0].as<std::uint32_t>();
  });
}

void DatabaseLookups::find(LookupRequest request, Done done) {
  ask({std::move(request), nullptr, std::move(done)});
}

void DatabaseLookups::record_denial(LookupRequest request, const Endpoint& endpoint, Done done) {
  ask({std::move(request), &endpoint, std::move(done)});
}

void DatabaseLookups::ask(Asked asked) {
  if (calls_.ask(asked)) return;
  asked.done(without_connection("too many lookups wait for a connection"));
}

bool DatabaseLookups::has_time(const Asked& asked) const {
  return steady_clock::now() < asked.request.started + checkout_timeout_;
}

/// Whoever has no time left comes last, and is not called.
std::vector<DatabaseLookups::Outcome> DatabaseLookups::answer(std::vector<Asked>& asked) {
  const auto late =
      std::stable_partition(asked.begin(), asked.end(), [this](const auto& one) { return has_time(one); });
  if (late - asked.begin() == 1) ++asked.front().calls_alone;
  std::vector<Outcome> outcomes;
  if (late != asked.begin()) outcomes = outcomes_of({asked.begin(), late});
  if (late != asked.end()) {
    observe_wait({late, asked.end()});
    outcomes.resize(asked.size(), Failure{without_connection("no connection in time"), false});
  }
  return outcomes;
}

std::vector<DatabaseLookups::Outcome> DatabaseLookups::outcomes_of(Group group) {
  try {
    auto lease = pool_.acquire();
    observe_wait(group);
    return call(lease, group);
  } catch (const std::exception& error) {  // no connection could be made
    return std::vector<Outcome>(group.size(), Failure{common::classify(error), group.size() > 1});
  }
}

void DatabaseLookups::settle(Asked&& asked, Outcome&& outcome) {
  auto* failure = std::get_if<Failure>(&outcome);
  const bool is_again = failure != nullptr && failure->try_alone && asked.calls_alone < 2 && has_time(asked);
  if (is_again && calls_.ask_alone(asked)) return;
  try {
    if (failure != nullptr) return asked.done(std::move(failure->fault));
    asked.done(std::get<LookupAnswer>(std::move(outcome)));
  } catch (const std::exception& error) {
    common::log::error("answer not given",
                       {{"correlation_id", asked.request.correlation_id}, {"detail", error.what()}});
  }
}

std::string DatabaseLookups::argument_of(Group group) const {
  std::string rows;
  for (const auto& asked : group) append_row(rows, asked.request);
  return wire::array(request_type_, static_cast<std::int32_t>(group.size()), rows);
}

/// A nontransaction sends neither BEGIN nor COMMIT: the statement commits itself, audit rows included.
std::vector<DatabaseLookups::Outcome> DatabaseLookups::call(common::Pool::Lease& lease, Group group) {
  const auto argument = argument_of(group);
  const auto start = steady_clock::now();
  try {
    const auto* denied = group.front().denied;
    const auto result = answers_.within((*lease).sock(), [&] {
      pqxx::nontransaction statement(*lease);
      if (denied == nullptr) return statement.exec_prepared(statement_of(group), common::binary(argument));
      return statement.exec_prepared(statement_of(group), common::binary(argument),
                                     std::string(denied->action), std::string(denied->resource_type));
    });
    std::vector<Outcome> outcomes;
    if (denied != nullptr) {
      outcomes.assign(group.size(), LookupAnswer{403, {}, std::nullopt});
    } else {
      for (const auto& row : result) outcomes.emplace_back(answer_of(row));
    }
    if (outcomes.size() != group.size())
      throw std::logic_error("a lookup function must answer every request");
    observe(group, seconds_since(start), "ok");
    return outcomes;
  } catch (const std::exception& error) {
    auto fault = common::classify(error);
    observe(group, seconds_since(start), fault.sqlstate.empty() ? "none" : fault.sqlstate);
    return std::vector<Outcome>(group.size(), failed(lease, group, std::move(fault)));
  }
}

DatabaseLookups::Failure DatabaseLookups::failed(common::Pool::Lease& lease, Group group,
                                                 common::Fault fault) {
  const bool is_lost = fault.connection_lost || !(*lease).is_open() || is_of_an_old_schema(fault.sqlstate);
  if (is_lost) lease.discard();
  // Who waits for a lock of the whole log in vain waits as long alone.
  const bool may_be_of_one = group.size() > 1 && fault.sqlstate != kLockNotAvailable;
  const bool try_alone = !fault.overdue && (is_lost || may_be_of_one);
  return {.fault = std::move(fault), .try_alone = try_alone};
}

void DatabaseLookups::observe_wait(Group group) {
  for (const auto& asked : group) checkout_latency_.Observe(seconds_since(asked.request.started));
}

void DatabaseLookups::observe(Group group, double seconds, const std::string& outcome) {
  const auto* query = statement_of(group);
  latency_.at({query}).Observe(seconds);
  queries_.at({query, outcome}).Increment();
  if (outcome == "ok") lookups_per_query_.at({query}).Observe(static_cast<double>(group.size()));
  if (seconds * 1000 < static_cast<double>(slow_query_.count())) return;
  std::string correlation_ids;
  for (const auto& asked : group)
    correlation_ids += (correlation_ids.empty() ? "" : " ") + asked.request.correlation_id;
  common::log::warn("slow query", {{"query", query},
                                   {"duration_ms", seconds * 1000},
                                   {"lookups", group.size()},
                                   {"correlation_id", correlation_ids}});
}

}  // namespace api
