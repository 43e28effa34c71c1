#include "api/client_address.hpp"

#include <gtest/gtest.h>

namespace api {
namespace {

AddressRanges proxies(std::initializer_list<const char*> ranges) {
  AddressRanges trusted;
  for (const auto* range : ranges) EXPECT_TRUE(trusted.add(range)) << range;
  return trusted;
}

std::optional<std::string> client(const std::string& peer, std::initializer_list<const char*> forwarded,
                                  const AddressRanges& trusted) {
  common::http::Request request;
  request.peer = peer;
  for (const auto* value : forwarded) request.headers.push_back({"x-forwarded-for", value});
  return client_address(request, trusted);
}

TEST(AddressRanges, addresses_and_ranges_are_matched) {
  const auto trusted = proxies({"10.0.0.0/8", "192.168.1.7", "fd00::/8", "::1"});
  for (const auto* inside :
       {"10.0.0.1", "10.255.255.255", "192.168.1.7", "fd12::1", "::1", "::ffff:10.1.2.3"})
    EXPECT_TRUE(trusted.contains(inside)) << inside;
  for (const auto* outside : {"11.0.0.1", "192.168.1.8", "fe80::1", "::2", "", "x"})
    EXPECT_FALSE(trusted.contains(outside)) << outside;
}

TEST(AddressRanges, a_range_of_no_bits_holds_its_whole_family) {
  const auto trusted = proxies({"0.0.0.0/0"});
  EXPECT_TRUE(trusted.contains("203.0.113.9"));
  EXPECT_FALSE(trusted.contains("2001:db8::1"));
}

TEST(AddressRanges, what_is_no_range_is_refused) {
  for (const auto* text :
       {"", "x", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "10.0.0/8", "::/129", "10.0.0.0/-1"})
    EXPECT_FALSE(AddressRanges().add(text)) << text;
}

TEST(ClientAddress, nobody_is_believed_by_default) {
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.9"}, {}), "127.0.0.1");
}

TEST(ClientAddress, the_right_most_untrusted_address_counts) {
  const auto trusted = proxies({"127.0.0.1", "10.0.0.0/8"});
  EXPECT_EQ(client("127.0.0.1", {"1.1.1.1, 203.0.113.9 ,10.0.0.5"}, trusted), "203.0.113.9");
  EXPECT_EQ(client("127.0.0.1", {"1.1.1.1", "203.0.113.9"}, trusted), "203.0.113.9");
  EXPECT_EQ(client("8.8.8.8", {"203.0.113.9"}, trusted), "8.8.8.8");
  EXPECT_EQ(client("127.0.0.1", {"10.0.0.1"}, trusted), "10.0.0.1");
}

TEST(ClientAddress, a_malformed_entry_ends_the_reading) {
  const auto trusted = proxies({"127.0.0.1"});
  for (const auto* text : {"unknown", "203.0.113.9, <script>", "", ",", "[", "[]", "999.1.1.1"})
    EXPECT_EQ(client("127.0.0.1", {text}, trusted), "127.0.0.1") << text;
}

TEST(ClientAddress, ports_brackets_and_mapped_addresses_are_tidied) {
  EXPECT_EQ(normalise_address("203.0.113.9:5555"), "203.0.113.9");
  EXPECT_EQ(normalise_address("[2001:DB8::1]:80"), "2001:db8::1");
  EXPECT_EQ(normalise_address("::ffff:10.1.2.3"), "10.1.2.3");
  EXPECT_EQ(normalise_address("2001:db8::1"), "2001:db8::1");
}

}  // namespace
}  // namespace api
