#include "api/router.hpp"

#include <algorithm>
#include <array>

#include "common/text.hpp"

namespace api {
namespace {

constexpr std::string_view kReaders[] = {"ADMIN_READ", "ADMIN_AUDIT"};
constexpr std::string_view kAuditors[] = {"ADMIN_AUDIT"};

constexpr std::string_view kGet = "GET, HEAD";
constexpr std::string_view kPost = "POST";

constexpr Parameter kFrom{.name = "from", .kind = ParameterKind::time};
constexpr Parameter kTo{.name = "to", .kind = ParameterKind::time};
constexpr Parameter kLimit{.name = "limit", .kind = ParameterKind::limit};
constexpr Parameter kCursor{.name = "cursor", .kind = ParameterKind::cursor};

constexpr std::string_view kPairingStatuses[] = {"COMPLETE", "INCOMPLETE", "UNKNOWN"};
constexpr std::string_view kListedPairs[] = {"INCOMPLETE"};

constexpr Parameter kWalletParameters[] = {
    kFrom,
    kTo,
    kLimit,
    kCursor,
    {.name = "entry_type", .kind = ParameterKind::text},
    {.name = "pairing_status", .kind = ParameterKind::text, .choices = kPairingStatuses}};
constexpr Parameter kSearchParameters[] = {{.name = "q", .kind = ParameterKind::text, .is_required = true}};
constexpr Parameter kPairParameters[] = {
    {.name = "status", .kind = ParameterKind::text, .choices = kListedPairs},
    {.name = "older_than", .kind = ParameterKind::duration},
    kLimit,
    kCursor};
constexpr Parameter kAuditParameters[] = {kFrom,
                                          kTo,
                                          kLimit,
                                          kCursor,
                                          {.name = "actor_id", .kind = ParameterKind::text},
                                          {.name = "action", .kind = ParameterKind::text},
                                          {.name = "resource_type", .kind = ParameterKind::text},
                                          {.name = "resource_id", .kind = ParameterKind::text},
                                          {.name = "result", .kind = ParameterKind::text},
                                          {.name = "correlation_id", .kind = ParameterKind::text}};

constexpr auto kEndpoints = std::to_array<Endpoint>(
    {{"/admin/tx/{tx_id}", "/admin/tx/", "", true, kGet, Lookup::tx, "ADMIN_TX_LOOKUP", "TX", kReaders, {}},
     {"/admin/tx:batchGet",
      "/admin/tx:batchGet",
      "",
      false,
      kPost,
      Lookup::tx_batch,
      "ADMIN_TX_LOOKUP",
      "TX",
      kReaders,
      {}},
     {"/admin/payment-orders/{order_id}",
      "/admin/payment-orders/",
      "",
      true,
      kGet,
      Lookup::payment_order,
      "ADMIN_ORDER_LOOKUP",
      "PAYMENT_ORDER",
      kReaders,
      {}},
     {"/admin/wallets/{wallet_id}/tx", "/admin/wallets/", "/tx", true, kGet, Lookup::wallet_tx,
      "ADMIN_WALLET_TX_LOOKUP", "WALLET", kReaders, kWalletParameters},
     {"/admin/lookup", "/admin/lookup", "", false, kGet, Lookup::search, "ADMIN_SEARCH", "ID", kReaders,
      kSearchParameters},
     {"/admin/pairs", "/admin/pairs", "", false, kGet, Lookup::pairs, "ADMIN_PAIR_LOOKUP", "PAIR", kReaders,
      kPairParameters},
     {"/admin/audit-logs", "/admin/audit-logs", "", false, kGet, Lookup::audit_logs, "ADMIN_AUDIT_LOG_LOOKUP",
      "AUDIT_LOG", kAuditors, kAuditParameters}});

/// The segment in the place of the id (empty when the endpoint has none), or nothing when the path does not
/// fit.
std::optional<std::string_view> id_segment(const Endpoint& endpoint, std::string_view path) {
  if (!endpoint.has_id) return path == endpoint.before ? std::optional(std::string_view()) : std::nullopt;
  if (path.size() <= endpoint.before.size() + endpoint.after.size()) return std::nullopt;
  if (!path.starts_with(endpoint.before) || !path.ends_with(endpoint.after)) return std::nullopt;
  path.remove_prefix(endpoint.before.size());
  path.remove_suffix(endpoint.after.size());
  return path.find('/') == std::string_view::npos ? std::optional(path) : std::nullopt;
}

/// Whether `method` is one of those in `methods`.
bool serves(std::string_view methods, std::string_view method) {
  return methods == kGet ? method == "GET" || method == "HEAD" : method == methods;
}

/// True when the method is served; else the route tells why not.
bool allow(std::string_view methods, std::string_view method, Route& route) {
  route.methods = methods;
  if (serves(methods, method)) return true;
  route.status = 405;
  route.detail = "This resource serves " + std::string(methods) + ".";
  return false;
}

}  // namespace

bool Endpoint::is_list() const {
  return std::any_of(parameters.begin(), parameters.end(),
                     [](const Parameter& parameter) { return parameter.kind == ParameterKind::limit; });
}

std::string_view Route::name() const {
  if (page != nullptr) return "page";
  return endpoint == nullptr ? "unmatched" : endpoint->name;
}

std::string_view fault_of_id(std::string_view id) {
  if (!common::is_utf8(id)) return "is not UTF-8";
  if (common::has_control_characters(id)) return "holds a control character";
  if (common::count_characters(id) > kMaxIdCharacters) return "is longer than 200 characters";
  return {};
}

Route match(std::string_view method, std::string_view path) {
  Route route;
  if ((route.page = find_page(path)) != nullptr) {
    (void)allow(kGet, method, route);
    return route;
  }
  for (const auto& endpoint : kEndpoints) {
    const auto segment = id_segment(endpoint, path);
    if (!segment) continue;
    route.endpoint = &endpoint;
    if (!allow(endpoint.methods, method, route)) return route;
    auto id = common::percent_decode(*segment);
    const auto fault = id ? fault_of_id(*id) : "holds a bad percent-encoding";
    route.status = fault.empty() ? 200 : 400;
    if (fault.empty()) {
      route.id = std::move(*id);
    } else {
      route.detail = "The id in the path " + std::string(fault) + ".";
    }
    return route;
  }
  route.status = 404;
  route.detail = "There is no such resource.";
  return route;
}

std::span<const Endpoint> endpoints() {
  return kEndpoints;
}

}  // namespace api
