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

  [[nodiscard]] common::http::Response handle(const common::http::Request& request);
  /// For bytes that never became a request.
  [[nodiscard]] common::http::Response refuse(int status, std::string_view detail, std::string_view peer);

 private:
  struct Exchange;
  [[nodiscard]] common::http::Response dispatch(const common::http::Request& request, Exchange& exchange);
  [[nodiscard]] common::http::Response turn_away(const Refusal& refusal, const Exchange& exchange);
  [[nodiscard]] LookupRequest make_lookup(const common::http::Request& request,
                                          const Exchange& exchange) const;
  [[nodiscard]] std::optional<common::http::Response> read_question(const common::http::Request& request,
                                                                    const Exchange& exchange,
                                                                    LookupRequest& lookup) const;
  [[nodiscard]] common::http::Response deny(const LookupRequest& lookup, const Exchange& exchange);
  [[nodiscard]] common::http::Response look_up(const LookupRequest& lookup, const Exchange& exchange);
  void finish(common::http::Response& response, const Exchange& exchange);

  const ServiceOptions options_;
  Authenticator& authenticator_;
  RateLimit rate_limit_;
  RateLimit denials_;
  LookupSource& lookups_;
  prometheus::Family<prometheus::Histogram>& latency_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Gauge>& in_flight_;
  prometheus::Family<prometheus::Counter>& refusals_;
};

}  // namespace api
