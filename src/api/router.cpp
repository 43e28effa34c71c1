#include "api/router.hpp"

#include <algorithm>

#include "common/text.hpp"

namespace api {
namespace {

struct Template {
  std::string_view name;
  std::string_view before;
  std::string_view after;
  Lookup lookup;
};

constexpr Template kTemplates[] = {
    {"/admin/tx/{tx_id}", "/admin/tx/", "", Lookup::tx},
    {"/admin/payment-orders/{order_id}", "/admin/payment-orders/", "", Lookup::payment_order},
    {"/admin/wallets/{wallet_id}/tx", "/admin/wallets/", "/tx", Lookup::wallet_tx},
};

/// The segment in the place of the id, empty when the path does not fit.
std::string_view id_segment(const Template& route, std::string_view path) {
  if (path.size() <= route.before.size() + route.after.size()) return {};
  if (!path.starts_with(route.before) || !path.ends_with(route.after)) return {};
  path.remove_prefix(route.before.size());
  path.remove_suffix(route.after.size());
  return path.find('/') == std::string_view::npos ? path : std::string_view{};
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Why the id can't be one, or nothing.
std::string_view fault_of_id(std::string_view id) {
  if (!common::is_utf8(id)) return "The id in the path is not UTF-8.";
  if (common::has_control_characters(id)) return "The id in the path holds a control character.";
  if (count_characters(id) > kMaxIdCharacters) return "The id in the path is longer than 200 characters.";
  return {};
}

}  // namespace

Route match(std::string_view method, std::string_view path) {
  Route route;
  for (const auto& candidate : kTemplates) {
    const auto segment = id_segment(candidate, path);
    if (segment.empty()) continue;
    route.name = candidate.name;
    route.lookup = candidate.lookup;
    if (method != "GET" && method != "HEAD") {
      route.status = 405;
      route.detail = "This resource serves GET and HEAD.";
      return route;
    }
    auto id = common::percent_decode(segment);
    route.detail = id ? fault_of_id(*id) : "The path holds a bad percent-encoding.";
    route.status = route.detail.empty() ? 200 : 400;
    if (route.status == 200) route.id = std::move(*id);
    return route;
  }
  route.status = 404;
  route.detail = "There is no such resource.";
  return route;
}

}  // namespace api
