#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace api {

inline constexpr int kDefaultLimit = 20;
inline constexpr int kMaxLimit = 100;

/// Parameters of a wallet's list. Pure.
struct WalletQuery {
  std::optional<std::int64_t> from;  ///< microseconds since 1970
  std::optional<std::int64_t> to;
  int limit = kDefaultLimit;
  std::vector<std::string> faults;  ///< every one, for a single 400
};

/// `query` as sent, without '?'. `+` means `+`; parameters other than from, to and limit are ignored.
[[nodiscard]] WalletQuery parse_wallet_query(std::string_view query);

/// The query as sent, with the values of `keys` (whatever their case) as ***; well-formed UTF-8.
[[nodiscard]] std::string mask_query(std::string_view query, const std::vector<std::string>& keys);

}  // namespace api
