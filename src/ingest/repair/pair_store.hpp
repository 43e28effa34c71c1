#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <pqxx/connection>
#include <string>
#include <string_view>
#include <vector>

#include "common/session.hpp"

namespace ingest {

/// What a check of pairs found.
struct PairCheck {
  std::int64_t checked = 0;  ///< orders
  std::int64_t drifted = 0;  ///< pairs that are not what the ledger makes of them; 0 expected
};

/// A pair that was not what the ledger makes of it, as JSON; `null` where there is no such row.
struct RepairedPair {
  std::string order_id;
  std::string before;
  std::string after;
};

/// One connection, and the calls of schema bo about pairs. One thread. Connects when it is needed. All but
/// watch() try a few times again after a lost connection, a deadlock, or too long a wait for a lock. Throws
/// what libpqxx throws, and common::NoAnswer.
class PairStore {
 public:
  PairStore(std::string_view database_url, const common::SessionOptions& options)
      : session_(database_url, options) {}

  /// The next order ids after a key, ascending; none at the end.
  [[nodiscard]] std::vector<std::string> order_ids_after(std::string_view after, int max_orders);
  /// `since` is a time as PostgreSQL reads it. Reads whole tables.
  [[nodiscard]] std::vector<std::string> order_ids_touched_since(const std::string& since);
  /// Nothing before the first ANALYZE.
  [[nodiscard]] std::optional<std::int64_t> pair_count_estimate();

  /// One transaction, committed; with `dry_run` nothing is written. The pairs that were (would be) changed.
  [[nodiscard]] std::vector<RepairedPair> repair(const std::vector<std::string>& order_ids, bool dry_run);

  /// Checks a sample; nothing while another session watches. The first one that asks goes on watching as long
  /// as this store keeps its connection.
  [[nodiscard]] std::optional<PairCheck> watch(int max_orders);
  /// Gives the connection back, and with it the watch.
  void disconnect() { session_.disconnect(); }

 private:
  void run(int max_tries, const std::function<void(pqxx::connection&)>& work);

  common::Session session_;
};

/// The ids as an array of text in PostgreSQL's notation.
[[nodiscard]] std::string array_literal(const std::vector<std::string>& texts);

}  // namespace ingest
