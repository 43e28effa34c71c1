#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/pages.hpp"
#include "api/query.hpp"

namespace api {

/// What a lookup function answers; the places are those of queries::kLookups.
enum class Lookup { tx, payment_order, wallet_tx, tx_batch, search, pairs, audit_logs };
inline constexpr std::size_t kLookupCount = 7;

/// Longest id in characters.
inline constexpr std::size_t kMaxIdCharacters = 200;

/// One thing that the API serves.
struct Endpoint {
  std::string_view name;  ///< the path template, for metrics and logs
  std::string_view before;
  std::string_view after;
  bool has_id;
  std::string_view methods;  ///< as in Allow
  Lookup lookup;
  std::string_view action;                  ///< in the audit log
  std::string_view resource_type;           ///< in the audit log
  std::span<const std::string_view> roles;  ///< one of these is needed
  std::span<const Parameter> parameters;

  /// A list has pages, and can be had as CSV.
  [[nodiscard]] bool is_list() const;
};

/// Where a request belongs. Pure.
struct Route {
  int status = 200;                    ///< 200, or why not: 400 (bad id), 404, 405
  const Endpoint* endpoint = nullptr;  ///< null: a page, or 404
  const Page* page = nullptr;
  std::string_view methods;  ///< as in Allow, unless it is 404
  std::string id;            ///< decoded
  std::string detail;        ///< of a refusal

  /// Never what was sent.
  [[nodiscard]] std::string_view name() const;
};

/// `path` is still percent-encoded: an encoded slash belongs to the id.
[[nodiscard]] Route match(std::string_view method, std::string_view path);

/// All of them, for whoever has to name them.
[[nodiscard]] std::span<const Endpoint> endpoints();

/// Why the text can't be an id, or nothing.
[[nodiscard]] std::string_view fault_of_id(std::string_view id);

}  // namespace api
