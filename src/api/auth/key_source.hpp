#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "api/auth/jwk_set.hpp"
#include "common/management.hpp"
#include "common/metrics.hpp"

namespace api {

/// The keys of the issuer, fetched by a thread of its own: at the start, at an interval, and when a token
/// names a key that is not among them. While no fetch succeeds the last keys go on being used, for a bounded
/// time. Only that thread ever waits for the network. Any thread may call the members.
class KeySource {
 public:
  struct Options {
    std::string issuer;
    std::string jwks_url;  ///< empty: where the discovery document of the issuer says
    std::chrono::seconds refresh_interval{600};
    std::chrono::seconds cooldown{30};        ///< after a fetch, before a token may cause the next one
    std::chrono::seconds max_age{86400};      ///< of keys that can't be fetched anew
    std::chrono::milliseconds max_wait{500};  ///< of a request, for a fetch that may bring the key it needs
  };
  /// The document at a URL; throws std::exception without one.
  using Fetch = std::function<std::string(const std::string& url, const std::stop_token& stop)>;

  KeySource(Options options, Fetch fetch, common::Metrics& metrics);
  ~KeySource();
  KeySource(const KeySource&) = delete;
  KeySource& operator=(const KeySource&) = delete;

  /// Null when there are none, or only ones that are too old. As long as the issuer changes nothing it is the
  /// same object.
  [[nodiscard]] std::shared_ptr<const JwkSet> keys() const;

  /// For a token whose key is not there: whether the issuer has been asked and does not publish it; false
  /// while a fetch is under way that may still bring it, or after one that failed. Starts one unless one
  /// ended a cool-down ago or less. The first few callers that may wait do so for its end, max_wait at most.
  [[nodiscard]] bool refresh(bool may_wait);

  [[nodiscard]] common::Readiness readiness() const;

 private:
  using Clock = std::chrono::steady_clock;
  void run(const std::stop_token& stop);
  [[nodiscard]] bool fetch_keys(const std::stop_token& stop);
  [[nodiscard]] std::string jwks_url(const std::stop_token& stop) const;
  void replace(ParsedJwkSet fetched);
  void wait_until_due(const std::stop_token& stop);
  [[nodiscard]] Clock::duration delay_after(bool success);

  const Options options_;
  const Fetch fetch_;
  prometheus::Family<prometheus::Gauge>& age_;
  prometheus::Counter& fetched_;
  prometheus::Counter& failed_;
  std::chrono::seconds retry_;  ///< after the next failure; of the thread below

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;  ///< of the thread
  std::condition_variable ended_;     ///< of a fetch
  std::shared_ptr<const JwkSet> keys_;
  Clock::time_point fetched_at_{};
  bool fetching_ = true;
  int waiting_ = 0;
  bool succeeded_ = false;  ///< the last fetch that ended
  Clock::time_point ended_at_{};
  Clock::time_point due_{};
  std::jthread thread_;  ///< last, so that it ends before what it uses
};

}  // namespace api
