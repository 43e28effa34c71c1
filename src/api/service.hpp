#pragma once

#include "api/auth/authenticator.hpp"
#include "api/client_address.hpp"
#include "api/lookup.hpp"
#include "api/rate_limit.hpp"
#include "api/router.hpp"
#include "common/http_message.hpp"
#include "common/metrics.hpp"

namespace api {

struct ServiceOptions {
  AddressRanges trusted_proxies;
  std::vector<std::string> masked_query_keys;
  bool requires_reason = false;  ///< X-Access-Reason with every lookup
  RateLimitOptions rate_limit{};
  RateLimitOptions denials{.limit = 10};  ///< of an actor that reach the audit log
};

/// From a request to its answer: route, actor, role, parameters, one lookup; then the metrics and the access
/// log line. Knows no socket and no SQL. Any thread.
class Service {
 public:
  Service(ServiceOptions options, Authenticator& authenticator, LookupSource& lookups,
          common::Metrics& metrics);

  /// Answers once, now or from a thread of the lookups.
  void handle(const common::http::Request& request, common::http::Respond respond);
  /// For bytes that never became a request.
  [[nodiscard]] common::http::Response refuse(int status, std::string_view detail, std::string_view peer);

 private:
  struct Exchange;
  using Shared = std::shared_ptr<Exchange>;
  [[nodiscard]] std::optional<common::http::Response> dispatch(const common::http::Request& request,
                                                               const Shared& exchange);
  [[nodiscard]] common::http::Response turn_away(const Refusal& refusal, const Exchange& exchange);
  [[nodiscard]] LookupRequest make_lookup(const common::http::Request& request,
                                          const Exchange& exchange) const;
  [[nodiscard]] std::optional<common::http::Response> read_question(const common::http::Request& request,
                                                                    const Exchange& exchange,
                                                                    LookupRequest& lookup) const;
  [[nodiscard]] std::optional<common::http::Response> deny(LookupRequest lookup, const Shared& exchange);
  void look_up(LookupRequest lookup, const Shared& exchange);
  [[nodiscard]] static common::http::Response unavailable(const common::Fault& fault,
                                                          const Exchange& exchange);
  void conclude(common::http::Response response, const Exchange& exchange);
  void finish(common::http::Response& response, const Exchange& exchange);

  const ServiceOptions options_;
  Authenticator& authenticator_;
  RateLimit rate_limit_;
  RateLimit denials_;
  LookupSource& lookups_;
  common::Series<prometheus::Histogram, 3> latency_;
  common::Series<prometheus::Counter, 3> requests_;
  common::Series<prometheus::Gauge, 2> in_flight_;
  prometheus::Family<prometheus::Counter>& refusals_;
};

}  // namespace api
