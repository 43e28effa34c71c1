#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "api/query.hpp"
#include "api/router.hpp"
#include "common/coalescer.hpp"
#include "common/database.hpp"
#include "common/metrics.hpp"
#include "common/pool.hpp"

namespace api {

/// What is asked, by whom and how: all that the answer and its audit row need.
struct LookupRequest {
  Lookup lookup = Lookup::tx;
  std::string id;
  WalletQuery wallet;  ///< for Lookup::wallet_tx
  std::string actor_id;
  std::string actor_roles;
  std::optional<std::string> ip;
  std::optional<std::string> user_agent;
  std::string method;
  std::string path;
  std::optional<std::string> query;  ///< masked
  std::string correlation_id;
  std::chrono::steady_clock::time_point started;
};

/// What the database answered; its audit row is committed.
struct LookupAnswer {
  int status;
  std::string body;
};

/// There is no answer with an audit row: pool exhausted, database away, or the call refused. The fault is for
/// the log, never for a client.
class LookupUnavailable : public std::runtime_error {
 public:
  explicit LookupUnavailable(common::Fault fault)
      : std::runtime_error("the lookup could not be made"), fault_(std::move(fault)) {}
  [[nodiscard]] const common::Fault& fault() const { return fault_; }

 private:
  common::Fault fault_;
};

/// The seam between the service and the database. Called by several threads at once.
class LookupSource {
 public:
  virtual ~LookupSource() = default;
  /// Throws LookupUnavailable.
  [[nodiscard]] virtual LookupAnswer find(const LookupRequest& request) = 0;
};

using LookupRequests = std::vector<const LookupRequest*>;
using LookupOutcome = std::variant<LookupAnswer, common::Fault>;

struct LookupOptions {
  common::PoolOptions pool;
  common::CoalescerOptions coalescing;
  std::chrono::milliseconds slow_query{200};  ///< from which on a call is logged
};

/// Lookups of one kind that come while others are under way share a call: one statement, autocommitted, a
/// single round trip. A call whose connection was lost is made once more on a fresh one; when the first was
/// committed after all, the audit log has two rows for one answer, never none.
class DatabaseLookups : public LookupSource {
 public:
  DatabaseLookups(LookupOptions options, common::Metrics& metrics);
  [[nodiscard]] LookupAnswer find(const LookupRequest& request) override;

 private:
  using SharedCalls = common::Coalescer<LookupRequest, LookupOutcome>;
  using Attempt = std::variant<std::vector<LookupOutcome>, common::Fault>;

  [[nodiscard]] SharedCalls coalescer(const common::CoalescerOptions& options);
  void prepare(pqxx::connection& connection);
  [[nodiscard]] std::vector<LookupOutcome> find_all(const LookupRequests& requests);
  [[nodiscard]] Attempt attempt(const LookupRequests& requests);
  void observe(const LookupRequests& requests, const char* statement, double seconds,
               const std::string& sqlstate);

  const std::chrono::milliseconds slow_query_;
  prometheus::Family<prometheus::Histogram>& latency_;
  prometheus::Family<prometheus::Counter>& queries_;
  prometheus::Family<prometheus::Histogram>& requests_per_call_;
  std::atomic<std::uint32_t> request_type_ = 0;  ///< oid of bo_api.lookup_request
  common::Pool pool_;
  std::array<SharedCalls, 3> calls_;  ///< by Lookup
};

}  // namespace api
