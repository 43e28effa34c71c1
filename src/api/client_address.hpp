#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/http_message.hpp"

namespace api {

/// A set of addresses and CIDR ranges. Pure.
class AddressRanges {
 public:
  /// Adds one; false when it is neither an address nor a range.
  [[nodiscard]] bool add(std::string_view range);
  [[nodiscard]] bool contains(std::string_view address) const;

 private:
  /// IPv4 as IPv4-mapped IPv6, so that there is one comparison.
  using Bytes = std::array<unsigned char, 16>;
  struct Range {
    Bytes address;
    int prefix_bits;
  };
  [[nodiscard]] static std::optional<Bytes> parse(std::string_view address);

  std::vector<Range> ranges_;
  friend std::optional<std::string> normalise_address(std::string_view address);
};

/// The address in its usual form (IPv4-mapped as IPv4, brackets and port dropped), or nothing.
[[nodiscard]] std::optional<std::string> normalise_address(std::string_view address);

/// The right-most address that is no trusted proxy, read from the peer through X-Forwarded-For; a malformed
/// entry ends the reading. Nothing when the peer has no address.
[[nodiscard]] std::optional<std::string> client_address(const common::http::Request& request,
                                                        const AddressRanges& proxies);

}  // namespace api
