#include "api/client_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "common/text.hpp"

namespace api {
namespace {

constexpr std::array<unsigned char, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_mapped(const std::array<unsigned char, 16>& bytes) {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
}

/// "[::1]:80" and "10.0.0.1:80" without their decoration.
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, std::min(text.find(']'), text.size()) - 1);
  const bool one_colon = std::count(text.begin(), text.end(), ':') == 1;
  return one_colon ? text.substr(0, text.find(':')) : text;
}

/// The addresses of all X-Forwarded-For headers, the nearest hop last.
std::vector<std::string_view> forwarded_for(const common::http::Request& request) {
  std::vector<std::string_view> hops;
  for (const auto& header : request.headers) {
    if (!common::iequals(header.name, "X-Forwarded-For")) continue;
    for (std::string_view rest = header.value; !rest.empty();) {
      const auto comma = std::min(rest.find(','), rest.size());
      hops.push_back(common::trim(rest.substr(0, comma)));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return hops;
}

}  // namespace

std::optional<AddressRanges::Bytes> AddressRanges::parse(std::string_view address) {
  const std::string text(address);
  Bytes bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
  if (::inet_pton(AF_INET, text.c_str(), bytes.data() + kMappedPrefix.size()) == 1) return bytes;
  return std::nullopt;
}

bool AddressRanges::add(std::string_view range) {
  const auto slash = std::min(range.find('/'), range.size());
  const auto address = parse(range.substr(0, slash));
  if (!address) return false;
  const bool is_v4 = range.find(':') == std::string_view::npos;
  const int offset = is_v4 ? 96 : 0;
  int bits = 128 - offset;
  if (slash < range.size()) {
    const auto* end = range.data() + range.size();
    const auto [stop, error] = std::from_chars(range.data() + slash + 1, end, bits);
    if (error != std::errc{} || stop != end || bits < 0 || bits > 128 - offset) return false;
  }
  ranges_.push_back({*address, bits + offset});
  return true;
}

bool AddressRanges::contains(std::string_view address) const {
  const auto bytes = parse(address);
  if (!bytes) return false;
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
    for (int bit = 0; bit < range.prefix_bits; ++bit) {
      const auto index = static_cast<std::size_t>(bit / 8);
      if ((((*bytes)[index] ^ range.address[index]) >> (7 - bit % 8) & 1) != 0) return false;
    }
    return true;
  });
}

std::optional<std::string> normalise_address(std::string_view address) {
  const auto bare = without_port(address);
  const auto bytes = AddressRanges::parse(bare);
  if (!bytes) return std::nullopt;
  if (bare.find(':') == std::string_view::npos) return std::string(bare);  // IPv4 has one way to be written
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool mapped = is_mapped(*bytes);
  const auto* from = bytes->data() + (mapped ? kMappedPrefix.size() : 0);
  ::inet_ntop(mapped ? AF_INET : AF_INET6, from, text.data(), text.size());
  return text.data();
}

std::optional<std::string> client_address(const common::http::Request& request,
                                          const AddressRanges& proxies) {
  auto client = normalise_address(request.peer);
  auto hops = forwarded_for(request);
  while (client && !hops.empty() && proxies.contains(*client)) {
    const auto next = normalise_address(hops.back());
    hops.pop_back();
    if (!next) break;
    client = next;
  }
  return client;
}

}  // namespace api
