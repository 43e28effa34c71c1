#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
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

/// An answer; or why there is none with an audit row: pool exhausted, database away, or the call refused. The
/// fault is for the log, never for a client.
using LookupOutcome = std::variant<LookupAnswer, common::Fault>;

/// The seam between the service and the database. Called by several threads at once; never waits.
class LookupSource {
 public:
  /// Called once, by any thread, maybe before find() returns.
  using Done = std::function<void(LookupOutcome)>;

  virtual ~LookupSource() = default;
  virtual void find(LookupRequest request, Done done) = 0;
  /// Writes into the audit log that this request was not allowed.
  virtual void record_denial(LookupRequest request, const Endpoint& endpoint, Done done) = 0;
};

struct LookupOptions {
  common::PoolOptions pool;
  common::CoalescerOptions coalescing;
  std::chrono::milliseconds checkout_timeout{30000};  ///< from a request until it has a connection
  std::chrono::milliseconds answer_timeout{6000};     ///< after which a call's connection is given up
  std::chrono::milliseconds slow_query{200};          ///< from which on a call is logged
};

/// Lookups of one kind that come while others are under way share a call: one statement, autocommitted, a
/// single round trip, made by a thread of our own, which passes the answers on. When a shared call fails,
/// each of its lookups is called alone, unless it waited for a lock in vain; a lone call whose connection was
/// lost is made once more on a fresh one.
///
/// A lookup has a deadline: beyond the checkout timeout it is not called any more, and with a call it waits
/// for at most the time that connecting and one answer may take. A call without an answer in time is not made
/// again.
///
/// A call that was committed though its connection broke leaves audit rows that nobody's answer belongs to:
/// the log may have more rows than answers, never fewer.
class DatabaseLookups : public LookupSource {
 public:
  DatabaseLookups(LookupOptions options, common::Metrics& metrics);
  void find(LookupRequest request, Done done) override;
  void record_denial(LookupRequest request, const Endpoint& endpoint, Done done) override;
  /// Waits for the calls under way and their answers; lookups that wait are dropped. Nobody may ask
  /// afterwards.
  void stop() { calls_.stop(); }

 private:
  struct Asked {
    LookupRequest request;
    const Endpoint* denied;  ///< to record; null for a lookup
    Done done;
    int calls_alone = 0;
  };
  struct Failure {
    common::Fault fault;
    bool try_alone;  ///< another call, for this lookup alone, may succeed
  };
  using Group = std::span<const Asked>;
  using Outcome = std::variant<LookupAnswer, Failure>;

  void prepare(pqxx::connection& connection);
  /// Those of one kind are seen to by one statement.
  [[nodiscard]] static std::size_t kind_of(const Asked& asked);
  [[nodiscard]] static const char* statement_of(Group group);
  void ask(Asked asked);
  [[nodiscard]] std::vector<Outcome> answer(std::vector<Asked>& asked);
  void settle(Asked&& asked, Outcome&& outcome);
  [[nodiscard]] bool has_time(const Asked& asked) const;
  [[nodiscard]] std::string argument_of(Group group) const;
  [[nodiscard]] std::vector<Outcome> outcomes_of(Group group);
  [[nodiscard]] std::vector<Outcome> call(common::Pool::Lease& lease, Group group);
  [[nodiscard]] Failure failed(common::Pool::Lease& lease, Group group, common::Fault fault);
  void observe_wait(Group group);
  void observe(Group group, double seconds, const std::string& outcome);

  const std::chrono::milliseconds slow_query_;
  const std::chrono::milliseconds checkout_timeout_;
  common::AnswerTimeout answers_;
  prometheus::Histogram& checkout_latency_;
  common::Series<prometheus::Histogram, 1> latency_;
  common::Series<prometheus::Counter, 2> queries_;
  common::Series<prometheus::Histogram, 1> lookups_per_query_;
  /// Oid of bo_api.lookup_request. When it changes, every connection fails and is replaced: see failed().
  std::atomic<std::uint32_t> request_type_ = 0;
  common::Pool pool_;
  common::Coalescer<Asked, Outcome> calls_;  ///< last, so that its threads end before what they use
};

}  // namespace api
