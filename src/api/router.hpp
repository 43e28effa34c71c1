#pragma once

#include <string>
#include <string_view>

namespace api {

enum class Lookup { tx, payment_order, wallet_tx };

/// Longest id in characters.
inline constexpr std::size_t kMaxIdCharacters = 200;

/// Where a request belongs. Pure.
struct Route {
  int status = 200;                     ///< 200, or why not: 400 (bad id), 404, 405
  std::string_view name = "unmatched";  ///< the path template, for metrics and logs; never what was sent
  Lookup lookup = Lookup::tx;
  std::string id;      ///< decoded
  std::string detail;  ///< of a refusal
};

/// The methods that every route serves.
inline constexpr std::string_view kAllowedMethods = "GET, HEAD";

/// `path` is still percent-encoded: an encoded slash belongs to the id.
[[nodiscard]] Route match(std::string_view method, std::string_view path);

}  // namespace api
