#include "api/lookup.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
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

static_assert(std::size(queries::kLookups) == kLookupCount);

const queries::Statement& statement_of(Lookup lookup) {
  return queries::kLookups[static_cast<std::size_t>(lookup)];
}

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

/// The session was prepared for a schema that is no more: functions or types were made anew.
bool is_of_an_old_schema(std::string_view sqlstate) {
  return sqlstate == "26000" || sqlstate == "42704" || sqlstate == "42804" || sqlstate == "42883" ||
         sqlstate == "XX000";
}

}  // namespace

DatabaseLookups::DatabaseLookups(LookupOptions options, common::Metrics& metrics)
    : slow_query_(options.slow_query),
      checkout_timeout_(options.pool.checkout_timeout),
      answers_(options.answer_timeout),
      latency_(metrics.histograms("db_query_latency_seconds", "Time of one SQL call")),
      queries_(metrics.counters("db_queries_total", "SQL calls by outcome: ok or the SQLSTATE")),
      lookups_per_query_(metrics.histograms("db_lookups_per_query", "Lookups that one SQL call answered")),
      pool_(
          [&] {
            options.pool.on_connect = [this](auto& connection) { prepare(connection); };
            return std::move(options.pool);
          }(),
          metrics),
      calls_(calls_by_lookup(options.coalescing, std::make_index_sequence<kLookupCount>())) {}

template <std::size_t... I>
DatabaseLookups::CallsByLookup DatabaseLookups::calls_by_lookup(const common::CoalescerOptions& options,
                                                                std::index_sequence<I...>) {
  return {(static_cast<void>(I), shared_calls(options))...};
}

DatabaseLookups::SharedCalls DatabaseLookups::shared_calls(const common::CoalescerOptions& options) {
  return {options, [this] { return pool_.acquire(); },
          [this](auto& lease, const auto& requests) { return call(lease, requests); }};
}

void DatabaseLookups::prepare(pqxx::connection& connection) {
  for (const auto& statement : queries::kLookups) connection.prepare(statement.name, statement.sql);
  connection.prepare(queries::kRecordDenial.name, queries::kRecordDenial.sql);
  request_type_ = answers_.within(connection.sock(), [&] {
    return pqxx::nontransaction(connection).exec1(queries::kWireTypes)[0].as<std::uint32_t>();
  });
}

LookupAnswer DatabaseLookups::find(const LookupRequest& request) {
  const auto deadline = request.started + checkout_timeout_;
  std::optional<Outcome> outcome;
  try {
    outcome = calls_.at(static_cast<std::size_t>(request.lookup))(request);
    for (int tries = 0; tries < 2; ++tries) {
      const auto* failure = std::get_if<Failure>(&*outcome);
      if (failure == nullptr || !failure->try_alone || steady_clock::now() >= deadline) break;
      auto lease = pool_.acquire_until(deadline);
      outcome = call(lease, {&request}).front();
    }
  } catch (const std::exception& error) {
    throw LookupUnavailable(common::classify(error));  // there was no connection to be had
  }
  if (auto* failure = std::get_if<Failure>(&*outcome)) throw LookupUnavailable(std::move(failure->fault));
  return std::get<LookupAnswer>(*std::move(outcome));
}

void DatabaseLookups::record_denial(const LookupRequest& request, const Endpoint& endpoint) {
  try {
    auto lease = pool_.acquire();
    try {
      answers_.within((*lease).sock(), [&] {
        pqxx::nontransaction(*lease).exec_prepared(
            queries::kRecordDenial.name, common::binary(argument_of({&request})),
            std::string(endpoint.action), std::string(endpoint.resource_type));
      });
    } catch (const std::exception& error) {
      throw LookupUnavailable(failed(lease, {&request}, common::classify(error)).fault);
    }
  } catch (const LookupUnavailable&) {
    throw;
  } catch (const std::exception& error) {
    throw LookupUnavailable(common::classify(error));  // there was no connection to be had
  }
}

std::string DatabaseLookups::argument_of(const Requests& requests) const {
  std::string rows;
  for (const auto* request : requests) append_row(rows, *request);
  return wire::array(request_type_, static_cast<std::int32_t>(requests.size()), rows);
}

/// A nontransaction sends neither BEGIN nor COMMIT: the statement commits itself, audit rows included.
std::vector<DatabaseLookups::Outcome> DatabaseLookups::call(common::Pool::Lease& lease,
                                                            const Requests& requests) {
  const auto argument = argument_of(requests);
  const auto start = steady_clock::now();
  try {
    const auto* query = statement_of(requests.front()->lookup).name;
    const auto result = answers_.within((*lease).sock(), [&] {
      return pqxx::nontransaction(*lease).exec_prepared(query, common::binary(argument));
    });
    observe(requests, seconds_since(start), "ok");
    std::vector<Outcome> outcomes;
    for (const auto& row : result) outcomes.emplace_back(answer_of(row));
    return outcomes;
  } catch (const std::exception& error) {
    auto fault = common::classify(error);
    observe(requests, seconds_since(start), fault.sqlstate.empty() ? "none" : fault.sqlstate);
    return std::vector<Outcome>(requests.size(), failed(lease, requests, std::move(fault)));
  }
}

DatabaseLookups::Failure DatabaseLookups::failed(common::Pool::Lease& lease, const Requests& requests,
                                                 common::Fault fault) {
  const bool is_lost = fault.connection_lost || !(*lease).is_open() || is_of_an_old_schema(fault.sqlstate);
  if (is_lost) lease.discard();
  const bool try_alone = !fault.overdue && (is_lost || requests.size() > 1);
  return {.fault = std::move(fault), .try_alone = try_alone};
}

void DatabaseLookups::observe(const Requests& requests, double seconds, const std::string& outcome) {
  const auto* query = statement_of(requests.front()->lookup).name;
  latency_.Add({{"query", query}}, common::latency_buckets()).Observe(seconds);
  queries_.Add({{"query", query}, {"outcome", outcome}}).Increment();
  if (outcome == "ok")
    lookups_per_query_.Add({{"query", query}}, kLookupBuckets).Observe(static_cast<double>(requests.size()));
  if (seconds * 1000 < static_cast<double>(slow_query_.count())) return;
  std::string correlation_ids;
  for (const auto* request : requests)
    correlation_ids += (correlation_ids.empty() ? "" : " ") + request->correlation_id;
  common::log::warn("slow query", {{"query", query},
                                   {"duration_ms", seconds * 1000},
                                   {"lookups", requests.size()},
                                   {"correlation_id", correlation_ids}});
}

}  // namespace api
