#include "ingest/repair/pair_store.hpp"

#include <pqxx/nontransaction>
#include <pqxx/result>

#include "ingest/queries.hpp"

namespace ingest {
namespace {

constexpr int kTries = 4;
constexpr std::string_view kLockNotAvailable = "55P03";

/// The other side may have gone on by the next try, or a new connection may do.
bool is_worth_retrying(const common::Fault& fault) {
  return (fault.connection_lost && !fault.overdue) || fault.sqlstate.starts_with("40") ||
         fault.sqlstate == kLockNotAvailable;
}

std::vector<std::string> texts(const pqxx::result& rows) {
  std::vector<std::string> values;
  values.reserve(rows.size());
  for (const auto& row : rows) values.emplace_back(row[0].c_str(), row[0].size());
  return values;
}

}  // namespace

std::string array_literal(const std::vector<std::string>& texts) {
  std::string literal = "{";
  for (const auto& text : texts) {
    if (literal.size() > 1) literal += ',';
    literal += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') literal += '\\';
      literal += c;
    }
    literal += '"';
  }
  return literal += '}';
}

/// Every call may be repeated: what was repaired before is sound the second time.
void PairStore::run(int max_tries, const std::function<void(pqxx::connection&)>& work) {
  for (int tries = 1;; ++tries) {
    try {
      session_.run(work);
      return;
    } catch (const std::exception& error) {
      const auto fault = common::classify(error);
      if (fault.connection_lost) session_.disconnect();
      if (tries >= max_tries || !is_worth_retrying(fault)) throw;
    }
  }
}

std::vector<std::string> PairStore::order_ids_after(std::string_view after, int max_orders) {
  std::vector<std::string> ids;
  run(kTries, [&](pqxx::connection& open) {
    pqxx::nontransaction work(open);
    ids = texts(work.exec_params(queries::kOrderIdsAfter, std::string(after), max_orders));
  });
  return ids;
}

std::vector<std::string> PairStore::order_ids_touched_since(const std::string& since) {
  std::vector<std::string> ids;
  run(kTries, [&](pqxx::connection& open) {
    pqxx::nontransaction work(open);
    ids = texts(work.exec_params(queries::kOrderIdsTouchedSince, since));
  });
  return ids;
}

std::optional<std::int64_t> PairStore::pair_count_estimate() {
  std::optional<std::int64_t> count;
  run(kTries, [&](pqxx::connection& open) {
    pqxx::nontransaction work(open);
    const auto row = work.exec1(queries::kPairCountEstimate);
    if (!row[0].is_null()) count = row[0].as<std::int64_t>();
  });
  return count;
}

std::vector<RepairedPair> PairStore::repair(const std::vector<std::string>& order_ids, bool dry_run) {
  std::vector<RepairedPair> repaired;
  run(kTries, [&](pqxx::connection& open) {
    pqxx::nontransaction work(open);
    repaired.clear();
    for (const auto& row : work.exec_params(queries::kRepairPairs, array_literal(order_ids), dry_run))
      repaired.push_back({row[0].c_str(), row[1].c_str(), row[2].c_str()});
  });
  return repaired;
}

std::optional<PairCheck> PairStore::watch(int max_orders) {
  std::optional<PairCheck> check;
  run(1, [&](pqxx::connection& open) {
    pqxx::nontransaction work(open);
    const auto row = work.exec_params1(queries::kWatchPairs, max_orders);
    if (!row[0].is_null()) check = {row[0].as<std::int64_t>(), row[1].as<std::int64_t>()};
  });
  return check;
}

}  // namespace ingest
