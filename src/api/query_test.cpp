#include "api/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(WalletQuery, without_parameters_the_defaults_hold) {
  const auto query = parse_wallet_query("");
  EXPECT_FALSE(query.from);
  EXPECT_FALSE(query.to);
  EXPECT_EQ(query.limit, 20);
  EXPECT_THAT(query.faults, IsEmpty());
}

TEST(WalletQuery, plus_means_plus_in_an_offset) {
  const auto query =
      parse_wallet_query("from=2026-02-05T09:00:00+09:00&to=2026-02-05T10%3A00%3A00%2B09:00&limit=100");
  EXPECT_THAT(query.faults, IsEmpty());
  EXPECT_EQ(query.from, 1770249600000000);
  EXPECT_EQ(query.to, 1770253200000000);
  EXPECT_EQ(query.limit, 100);
}

TEST(WalletQuery, every_fault_is_named) {
  EXPECT_THAT(parse_wallet_query("from=yesterday&to=now&limit=0").faults,
              ElementsAre(HasSubstr("from: must be a time"), HasSubstr("to: must be a time"),
                          HasSubstr("limit: must be a whole number")));
}

TEST(WalletQuery, a_limit_is_digits_from_1_to_100) {
  for (const auto* limit :
       {"0", "101", "-1", "+5", "5.0", "", "1e1", "99999999999999999999", "0x10", "5%00"}) {
    EXPECT_EQ(parse_wallet_query("limit=" + std::string(limit)).faults.size(), 1U) << limit;
  }
}

TEST(WalletQuery, a_known_parameter_is_given_once) {
  EXPECT_THAT(parse_wallet_query("limit=1&limit=2").faults, ElementsAre("limit: must be given once"));
  EXPECT_THAT(parse_wallet_query("limit=1&li%6Dit=2").faults, ElementsAre("limit: must be given once"));
}

TEST(WalletQuery, bad_percent_encoding_is_a_fault_of_its_parameter) {
  EXPECT_THAT(parse_wallet_query("from=%zz").faults, ElementsAre("from: bad percent-encoding"));
}

TEST(WalletQuery, bounds_must_be_in_order_and_may_be_equal) {
  EXPECT_THAT(parse_wallet_query("from=2026-02-05T01:00:01Z&to=2026-02-05T01:00:00Z").faults,
              ElementsAre("from: must not be later than to"));
  EXPECT_THAT(parse_wallet_query("from=2026-02-05T01:00:00Z&to=2026-02-05T01:00:00Z").faults, IsEmpty());
}

TEST(WalletQuery, unknown_parameters_are_ignored) {
  EXPECT_THAT(parse_wallet_query("x=1&x=2&%zz&&=&limit=7").faults, IsEmpty());
  EXPECT_EQ(parse_wallet_query("x=1&&limit=7").limit, 7);
}

TEST(MaskQuery, values_of_secret_keys_are_hidden_however_the_key_is_written) {
  const std::vector<std::string> keys{"access_token", "token"};
  EXPECT_EQ(mask_query("a=1&token=s&b", keys), "a=1&token=***&b");
  EXPECT_EQ(mask_query("Access%5FToken=s&TOKEN=t", keys), "Access%5FToken=***&TOKEN=***");
  EXPECT_EQ(mask_query("t%zzoken=s&token=a=b", keys), "t%zzoken=***&token=***");
}

TEST(MaskQuery, the_rest_stays_as_sent) {
  EXPECT_EQ(mask_query("from=%31&x=a+b&empty=", {"token"}), "from=%31&x=a+b&empty=");
  EXPECT_EQ(mask_query("x=\xFF", {}), "x=\xEF\xBF\xBD");
}

}  // namespace
}  // namespace api
