#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "api/actor.hpp"
#include "api/client_address.hpp"
#include "api/lookup.hpp"
#include "api/router.hpp"
#include "common/http_message.hpp"
#include "common/metrics.hpp"

namespace api {

struct ServiceOptions {
  AddressRanges trusted_proxies;
  std::vector<std::string> masked_query_keys;
};

/// From a request to its answer: route, actor, parameters, one lookup; then the metrics and the access log
/// line. Knows no socket and no SQL. Any thread.
class Service {
 public:
  Service(ServiceOptions options, LookupSource& lookups, common::Metrics& metrics);

  [[nodiscard]] common::http::Response handle(const common::http::Request& request);
  /// For bytes that never became a request.
  [[nodiscard]] common::http::Response refuse(int status, std::string_view detail, std::string_view peer);

 private:
  struct Exchange;
  [[nodiscard]] common::http::Response dispatch(const common::http::Request& request, Exchange& exchange);
  [[nodiscard]] common::http::Response look_up(const common::http::Request& request, Exchange& exchange,
                                               const Actor& actor, WalletQuery wallet);
  void finish(common::http::Response& response, const Exchange& exchange);

  const ServiceOptions options_;
  LookupSource& lookups_;
  prometheus::Family<prometheus::Histogram>& latency_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Gauge>& in_flight_;
};

}  // namespace api
