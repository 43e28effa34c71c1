#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "api/query.hpp"
#include "api/router.hpp"
#include "common/answer_timeout.hpp"
#include "common/coalescer.hpp"
#include "common/database.hpp"
#include "common/metrics.hpp"
#include "common/pool.hpp"

namespace api {

/// What is asked, by whom and how: all that the answer and its audit row need.
struct LookupRequest {
  Lookup lookup = Lookup::tx;
  std::string id;
  std::optional<Query> query;       ///< of a list or a search
  std::vector<std::string> tx_ids;  ///< of Lookup::tx_batch
  bool wants_csv = false;
  std::string actor_id;
  std::string actor_roles;
  std::optional<std::string> ip;
  std::optional<std::string> user_agent;
  std::string method;
  std::string path;
  std::optional<std::string> query_text;  ///< masked
  std::optional<std::string> access_reason;
  std::string correlation_id;
  std::chrono::steady_clock::time_point started;
};

/// What the database answered; its audit row is committed.
struct LookupAnswer {
  int status;
  std::string body;
  std::optional<std::string> next_cursor;  ///< of a list that goes on
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
  /// Writes into the audit log that this request was not allowed. Throws LookupUnavailable.
  virtual void record_denial(const LookupRequest& request, const Endpoint& endpoint) = 0;
};

struct LookupOptions {
  common::PoolOptions pool;
  common::CoalescerOptions coalescing;
  std::chrono::milliseconds answer_timeout{6000};  ///< after which a call's connection is given up
  std::chrono::milliseconds slow_query{200};       ///< from which on a call is logged
};

/// Lookups of one kind that come while others are under way share a call: one statement, autocommitted, a
/// single round trip. When a shared call fails, each of its lookups is called alone, by its own thread; a
/// lone call whose connection was lost is made once more on a fresh one.
///
/// A lookup has a deadline: it waits for connections for the checkout timeout in all, and then for at most
/// the time that connecting and one answer may take. A call without an answer in time is not made again.
///
/// A call that was committed though its connection broke leaves audit rows that nobody's answer belongs to:
/// the log may have more rows than answers, never fewer.
class DatabaseLookups : public LookupSource {
 public:
  DatabaseLookups(LookupOptions options, common::Metrics& metrics);
  [[nodiscard]] LookupAnswer find(const LookupRequest& request) override;
  void record_denial(const LookupRequest& request, const Endpoint& endpoint) override;

 private:
  using Requests = std::vector<const LookupRequest*>;
  struct Failure {
    common::Fault fault;
    bool try_alone;  ///< another call, for this lookup alone, may succeed
  };
  using Outcome = std::variant<LookupAnswer, Failure>;
  using SharedCalls = common::Coalescer<LookupRequest, Outcome, common::Pool::Lease>;

  using CallsByLookup = std::array<SharedCalls, kLookupCount>;

  [[nodiscard]] SharedCalls shared_calls(const common::CoalescerOptions& options);
  template <std::size_t... I>
  [[nodiscard]] CallsByLookup calls_by_lookup(const common::CoalescerOptions& options,
                                              std::index_sequence<I...> lookups);
  void prepare(pqxx::connection& connection);
  [[nodiscard]] std::string argument_of(const Requests& requests) const;
  [[nodiscard]] std::vector<Outcome> call(common::Pool::Lease& lease, const Requests& requests);
  [[nodiscard]] Failure failed(common::Pool::Lease& lease, const Requests& requests, common::Fault fault);
  void observe(const Requests& requests, double seconds, const std::string& outcome);

  const std::chrono::milliseconds slow_query_;
  const std::chrono::milliseconds checkout_timeout_;
  common::AnswerTimeout answers_;
  prometheus::Family<prometheus::Histogram>& latency_;
  prometheus::Family<prometheus::Counter>& queries_;
  prometheus::Family<prometheus::Histogram>& lookups_per_query_;
  /// Oid of bo_api.lookup_request. When it changes, every connection fails and is replaced: see failed().
  std::atomic<std::uint32_t> request_type_ = 0;
  common::Pool pool_;
  CallsByLookup calls_;  ///< by Lookup
};

}  // namespace api
