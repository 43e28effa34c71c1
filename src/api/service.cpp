#include "api/service.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "api/problem.hpp"
#include "api/request_fields.hpp"
#include "common/log.hpp"
#include "common/text.hpp"

namespace api {

using common::http::Request;
using common::http::Response;
using std::chrono::steady_clock;

namespace {

/// Seconds after which a client may try again: about the time in which a restarted database is back.
constexpr const char* kRetryAfterSec = "1";

/// Anything else is one label value, or clients could make as many series as they like.
std::string_view method_label(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "POST" ? method : "other";
}

bool has_any_role(const Actor& actor, const Endpoint& endpoint) {
  return std::any_of(endpoint.roles.begin(), endpoint.roles.end(),
                     [&actor](std::string_view role) { return actor.has_role(role); });
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
  common::http::Respond respond;
  prometheus::Gauge* in_flight = nullptr;
  std::string method;
  std::string path;
  std::string correlation_id;
  Route route;
  Actor actor;
  std::optional<Quota> quota;  ///< once the actor is known, when there is a limit

  [[nodiscard]] Response problem(int status, std::string detail, std::vector<std::string> errors = {}) const {
    auto response = to_response({status, std::move(detail), path, correlation_id, std::move(errors)});
    if (status == 503) response.headers.push_back({"Retry-After", kRetryAfterSec});
    return response;
  }
};

Service::Service(ServiceOptions options, Authenticator& authenticator, LookupSource& lookups,
                 common::Metrics& metrics)
    : options_(std::move(options)),
      authenticator_(authenticator),
      rate_limit_(options_.rate_limit),
      denials_(options_.denials),
      lookups_(lookups),
      latency_(metrics.histograms("api_request_latency_seconds", "Time from a request to its answer"),
               {"method", "route", "status_code"}, common::latency_buckets()),
      requests_(metrics.counters("api_requests_total", "Answered requests"),
                {"method", "route", "status_code"}),
      in_flight_(metrics.gauges("api_requests_inflight", "Requests in work"), {"method", "route"}),
      refusals_(metrics.counters("api_refusals_total", "Requests of nobody that is let in, by reason")) {}

void Service::handle(const Request& request, common::http::Respond respond) {
  const auto exchange = std::make_shared<Exchange>();
  exchange->respond = std::move(respond);
  exchange->method = request.method;
  exchange->path = common::repair_utf8(request.path);
  exchange->correlation_id = correlation_id_of(request);
  exchange->route = match(request.method, request.path);
  exchange->in_flight = &in_flight_.at({method_label(request.method), exchange->route.name()});
  exchange->in_flight->Increment();
  std::optional<Response> response;
  try {
    response = dispatch(request, exchange);
  } catch (const std::exception& error) {
    common::log::error("request failed",
                       {{"correlation_id", exchange->correlation_id}, {"detail", error.what()}});
    response = exchange->problem(500, "The request could not be handled.");
  }
  if (response) conclude(*std::move(response), *exchange);
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

/// The answer, or nothing when it comes later.
std::optional<Response> Service::dispatch(const Request& request, const Shared& shared) {
  auto& exchange = *shared;
  const auto& route = exchange.route;
  if (route.status == 404) return exchange.problem(404, route.detail);
  if (route.status == 405) {
    auto response = exchange.problem(405, route.detail);
    response.headers.push_back({"Allow", std::string(route.methods)});
    return response;
  }
  if (route.page != nullptr) return to_response(*route.page, request);
  auto authenticated = authenticator_.authenticate(request);
  if (const auto* refusal = std::get_if<Refusal>(&authenticated)) return turn_away(*refusal, exchange);
  exchange.actor = std::get<Actor>(std::move(authenticated));
  if (options_.rate_limit.limit > 0) {
    exchange.quota = rate_limit_.allow(exchange.actor.id, exchange.started);
    if (!exchange.quota->allowed) return exchange.problem(429, "Too many requests of this actor.");
  }
  if (route.status != 200) return exchange.problem(route.status, route.detail);

  auto lookup = make_lookup(request, exchange);
  auto refusal = read_question(request, exchange, lookup);
  // With what could be read of the question; whether it was a good one is not for the denied to know.
  if (!has_any_role(exchange.actor, *route.endpoint)) return deny(std::move(lookup), shared);
  if (refusal) return refusal;
  look_up(std::move(lookup), shared);
  return std::nullopt;
}

Response Service::turn_away(const Refusal& refusal, const Exchange& exchange) {
  refusals_.Add({{"reason", refusal.reason}}).Increment();
  common::log::info("not let in", {{"correlation_id", exchange.correlation_id}, {"reason", refusal.reason}});
  auto response = exchange.problem(refusal.status, refusal.detail);
  if (!refusal.challenge.empty()) response.headers.push_back({"WWW-Authenticate", refusal.challenge});
  return response;
}

/// All of a lookup but its question.
LookupRequest Service::make_lookup(const Request& request, const Exchange& exchange) const {
  return {.lookup = exchange.route.endpoint->lookup,
          .id = exchange.route.id,
          .query = std::nullopt,
          .tx_ids = {},
          .wants_csv = false,
          .actor_id = exchange.actor.id,
          .actor_roles = exchange.actor.roles,
          .ip = client_address(request, options_.trusted_proxies),
          .user_agent = user_agent_of(request),
          .method = request.method,
          .path = exchange.path,
          .query_text = request.query.empty()
                            ? std::nullopt
                            : std::optional(mask_query(request.query, options_.masked_query_keys)),
          .access_reason = std::nullopt,
          .correlation_id = exchange.correlation_id,
          .started = exchange.started};
}

/// Reads what is asked into `lookup`; returns why it can't be, or nothing.
std::optional<Response> Service::read_question(const Request& request, const Exchange& exchange,
                                               LookupRequest& lookup) const {
  const auto& endpoint = *exchange.route.endpoint;
  auto reason = access_reason_of(request);
  if (const auto* bad = std::get_if<BadField>(&reason)) return exchange.problem(bad->status, bad->detail);
  lookup.access_reason = std::get<std::optional<std::string>>(std::move(reason));

  if (!endpoint.parameters.empty()) {
    auto query = parse_query(request.query, endpoint.parameters);
    if (!query.faults.empty()) return exchange.problem(400, joined(query.faults), query.faults);
    lookup.wants_csv = endpoint.is_list() && wants_csv(request);
    lookup.query = std::move(query);
  }
  if (endpoint.lookup == Lookup::tx_batch) {
    auto ids = batch_ids_of(request);
    if (const auto* bad = std::get_if<BadField>(&ids)) return exchange.problem(bad->status, bad->detail);
    lookup.tx_ids = std::get<std::vector<std::string>>(std::move(ids));
  }
  if (options_.requires_reason && !lookup.access_reason)
    return exchange.problem(400, "X-Access-Reason must say why you ask, such as a ticket.");
  return std::nullopt;
}

/// 403 in any case, in the audit log or not; nothing while it is written there.
std::optional<Response> Service::deny(LookupRequest lookup, const Shared& exchange) {
  const auto& endpoint = *exchange->route.endpoint;
  refusals_.Add({{"reason", "missing_role"}}).Increment();
  std::string roles;
  for (const auto role : endpoint.roles) roles.append(roles.empty() ? "" : " or ").append(role);
  auto response = exchange->problem(403, "This needs the role " + roles + ".");
  // Who is denied again and again must not fill the log.
  if (!denials_.allow(exchange->actor.id, exchange->started).allowed) return response;
  lookups_.record_denial(
      std::move(lookup), endpoint,
      [this, exchange, response = std::move(response)](const LookupOutcome& outcome) mutable {
        if (const auto* fault = std::get_if<common::Fault>(&outcome)) {
          common::log::warn("denial not recorded", {{"correlation_id", exchange->correlation_id},
                                                    {"actor", exchange->actor.id},
                                                    {"sqlstate", fault->sqlstate},
                                                    {"detail", fault->detail}});
        }
        conclude(std::move(response), *exchange);
      });
  return std::nullopt;
}

void Service::look_up(LookupRequest lookup, const Shared& exchange) {
  const std::string_view answer_type = lookup.wants_csv ? kCsvType : kJsonType;
  lookups_.find(std::move(lookup), [this, exchange, answer_type](LookupOutcome outcome) {
    auto* answer = std::get_if<LookupAnswer>(&outcome);
    if (answer == nullptr)
      return conclude(unavailable(std::get<common::Fault>(outcome), *exchange), *exchange);
    Response response{.status = answer->status,
                      .content_type = std::string(answer->status == 200 ? answer_type : kProblemType),
                      .body = std::move(answer->body),
                      .headers = {}};
    if (answer->next_cursor) response.headers.push_back({"X-Next-Cursor", *std::move(answer->next_cursor)});
    conclude(std::move(response), *exchange);
  });
}

Response Service::unavailable(const common::Fault& fault, const Exchange& exchange) {
  common::log::warn(
      "lookup failed",
      {{"correlation_id", exchange.correlation_id}, {"sqlstate", fault.sqlstate}, {"detail", fault.detail}});
  // Our own class means that the database refused these arguments: trying again would not help.
  const bool refused = fault.sqlstate.starts_with(common::kOwnErrorClass);
  if (refused) return exchange.problem(500, "The lookup was refused.");
  return exchange.problem(503, "The lookup can't be answered and audited now.");
}

void Service::conclude(Response response, const Exchange& exchange) {
  exchange.in_flight->Decrement();
  finish(response, exchange);
  exchange.respond(std::move(response));
}

void Service::finish(Response& response, const Exchange& exchange) {
  response.headers.push_back({"X-Correlation-ID", exchange.correlation_id});
  if (exchange.route.page == nullptr || response.status != 200)
    response.headers.push_back({"Cache-Control", "no-store"});
  if (exchange.quota) {
    for (auto& header : headers_of(options_.rate_limit, *exchange.quota))
      response.headers.push_back(std::move(header));
  }
  const auto seconds = std::chrono::duration<double>(steady_clock::now() - exchange.started).count();
  const auto status = std::to_string(response.status);
  const std::array<std::string_view, 3> labels{method_label(exchange.method), exchange.route.name(), status};
  latency_.at(labels).Observe(seconds);
  requests_.at(labels).Increment();
  common::log::info("request", {{"method", exchange.method},
                                {"route", exchange.route.name()},
                                {"status", response.status},
                                {"duration_ms", seconds * 1000},
                                {"correlation_id", exchange.correlation_id},
                                {"actor", exchange.actor.id}});
}

}  // namespace api
