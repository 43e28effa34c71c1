#include "api/service.hpp"

#include <utility>

#include "api/problem.hpp"
#include "common/log.hpp"
#include "common/text.hpp"

namespace api {

using common::http::Request;
using common::http::Response;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kMaxUserAgentBytes = 512;
/// Seconds after which a client may try again: about the time in which a restarted database is back.
constexpr const char* kRetryAfterSec = "1";

/// Anything else is one label value, or clients could make as many series as they like.
std::string_view method_label(std::string_view method) {
  return method == "GET" || method == "HEAD" ? method : "other";
}

std::optional<std::string> user_agent_of(const Request& request) {
  const auto* sent = request.header("User-Agent");
  if (sent == nullptr) return std::nullopt;
  const auto text = common::repair_utf8(*sent);
  return std::string(common::truncate_utf8(text, kMaxUserAgentBytes));
}

std::string joined(const std::vector<std::string>& faults) {
  std::string text;
  for (const auto& fault : faults) text += (text.empty() ? "" : "; ") + fault;
  return text;
}

}  // namespace

/// What is known of a request beside its bytes.
struct Service::Exchange {
  steady_clock::time_point started = steady_clock::now();
  std::string method;
  std::string path;
  std::string correlation_id;
  Route route;
  std::string actor_id;

  [[nodiscard]] Response problem(int status, std::string detail, std::vector<std::string> errors = {}) const {
    return to_response({status, std::move(detail), path, correlation_id, std::move(errors)});
  }
};

Service::Service(ServiceOptions options, LookupSource& lookups, common::Metrics& metrics)
    : options_(std::move(options)),
      lookups_(lookups),
      latency_(metrics.histograms("api_request_latency_seconds", "Time from a request to its answer")),
      requests_(metrics.counters("api_requests_total", "Answered requests")),
      in_flight_(metrics.gauges("api_requests_inflight", "Requests in work")) {}

Response Service::handle(const Request& request) {
  Exchange exchange;
  exchange.method = request.method;
  exchange.path = common::repair_utf8(request.path);
  exchange.correlation_id = correlation_id_of(request);
  exchange.route = match(request.method, request.path);
  auto& in_flight = in_flight_.Add(
      {{"method", std::string(method_label(request.method))}, {"route", std::string(exchange.route.name)}});
  in_flight.Increment();
  Response response;
  try {
    response = dispatch(request, exchange);
  } catch (const std::exception& error) {
    common::log::error("request failed",
                       {{"correlation_id", exchange.correlation_id}, {"detail", error.what()}});
    response = exchange.problem(500, "The request could not be handled.");
  }
  in_flight.Decrement();
  finish(response, exchange);
  return response;
}

Response Service::refuse(int status, std::string_view detail, std::string_view peer) {
  Exchange exchange;
  exchange.method = "other";
  exchange.correlation_id = common::make_uuid();
  auto response = exchange.problem(status, std::string(detail) + ".");
  common::log::info("no request",
                    {{"peer", peer}, {"correlation_id", exchange.correlation_id}, {"detail", detail}});
  finish(response, exchange);
  return response;
}

Response Service::dispatch(const Request& request, Exchange& exchange) {
  const auto& route = exchange.route;
  if (route.status != 200) {
    auto response = exchange.problem(route.status, route.detail);
    if (route.status == 405) response.headers.push_back({"Allow", std::string(kAllowedMethods)});
    return response;
  }
  const auto actor = actor_as_sent(request);
  if (const auto* refusal = std::get_if<Refusal>(&actor))
    return exchange.problem(refusal->status, refusal->detail);
  exchange.actor_id = std::get<Actor>(actor).id;
  WalletQuery wallet;
  if (route.lookup == Lookup::wallet_tx) wallet = parse_wallet_query(request.query);
  if (!wallet.faults.empty()) return exchange.problem(400, joined(wallet.faults), wallet.faults);
  return look_up(request, exchange, std::get<Actor>(actor), std::move(wallet));
}

Response Service::look_up(const Request& request, Exchange& exchange, const Actor& actor,
                          WalletQuery wallet) {
  const LookupRequest lookup{
      .lookup = exchange.route.lookup,
      .id = exchange.route.id,
      .wallet = std::move(wallet),
      .actor_id = actor.id,
      .actor_roles = actor.roles,
      .ip = client_address(request, options_.trusted_proxies),
      .user_agent = user_agent_of(request),
      .method = request.method,
      .path = exchange.path,
      .query = request.query.empty() ? std::nullopt
                                     : std::optional(mask_query(request.query, options_.masked_query_keys)),
      .correlation_id = exchange.correlation_id,
      .started = exchange.started};
  try {
    auto answer = lookups_.find(lookup);
    const auto type = answer.status == 200 ? kJsonType : kProblemType;
    return {.status = answer.status,
            .content_type = std::string(type),
            .body = std::move(answer.body),
            .headers = {}};
  } catch (const LookupUnavailable& error) {
    const auto& fault = error.fault();
    common::log::warn("lookup failed", {{"correlation_id", exchange.correlation_id},
                                        {"sqlstate", fault.sqlstate},
                                        {"detail", fault.detail}});
    // Our own class means that the database refused these arguments: trying again would not help.
    const bool refused = fault.sqlstate.starts_with(common::kOwnErrorClass);
    if (refused) return exchange.problem(500, "The lookup was refused.");
    auto response = exchange.problem(503, "The lookup can't be answered and audited now.");
    response.headers.push_back({"Retry-After", kRetryAfterSec});
    return response;
  }
}

void Service::finish(Response& response, const Exchange& exchange) {
  response.headers.push_back({"X-Correlation-ID", exchange.correlation_id});
  response.headers.push_back({"Cache-Control", "no-store"});
  const auto seconds = std::chrono::duration<double>(steady_clock::now() - exchange.started).count();
  const std::map<std::string, std::string> labels{{"method", std::string(method_label(exchange.method))},
                                                  {"route", std::string(exchange.route.name)},
                                                  {"status_code", std::to_string(response.status)}};
  latency_.Add(labels, common::latency_buckets()).Observe(seconds);
  requests_.Add(labels).Increment();
  common::log::info("request", {{"method", exchange.method},
                                {"route", exchange.route.name},
                                {"status", response.status},
                                {"duration_ms", seconds * 1000},
                                {"correlation_id", exchange.correlation_id},
                                {"actor", exchange.actor_id}});
}

}  // namespace api
