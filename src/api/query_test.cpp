#include "api/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::string_view kColours[] = {"red", "green"};
constexpr Parameter kList[] = {{.name = "from", .kind = ParameterKind::time},
                               {.name = "to", .kind = ParameterKind::time},
                               {.name = "limit", .kind = ParameterKind::limit},
                               {.name = "cursor", .kind = ParameterKind::cursor},
                               {.name = "name", .kind = ParameterKind::text},
                               {.name = "colour", .kind = ParameterKind::text, .choices = kColours},
                               {.name = "older_than", .kind = ParameterKind::duration}};
constexpr Parameter kNeeded[] = {{.name = "q", .kind = ParameterKind::text, .is_required = true}};

Query parse_list(std::string_view query) {
  return parse_query(query, kList);
}

TEST(Query, without_parameters_the_defaults_hold) {
  const auto query = parse_list("");
  EXPECT_FALSE(query.from);
  EXPECT_FALSE(query.to);
  EXPECT_EQ(query.limit, 20);
  EXPECT_THAT(query.faults, IsEmpty());
}

TEST(Query, plus_means_plus_in_an_offset) {
  const auto query =
      parse_list("from=2026-02-05T09:00:00+09:00&to=2026-02-05T10%3A00%3A00%2B09:00&limit=100");
  EXPECT_THAT(query.faults, IsEmpty());
  EXPECT_EQ(query.from, 1770249600000000);
  EXPECT_EQ(query.to, 1770253200000000);
  EXPECT_EQ(query.limit, 100);
}

TEST(Query, every_fault_is_named) {
  EXPECT_THAT(parse_list("from=yesterday&to=now&limit=0").faults,
              ElementsAre(HasSubstr("from: must be a time"), HasSubstr("to: must be a time"),
                          HasSubstr("limit: must be a whole number")));
}

TEST(Query, a_limit_is_digits_from_1_to_100) {
  for (const auto* limit :
       {"0", "101", "-1", "+5", "5.0", "", "1e1", "99999999999999999999", "0x10", "5%00"}) {
    EXPECT_EQ(parse_list("limit=" + std::string(limit)).faults.size(), 1U) << limit;
  }
}

TEST(Query, a_known_parameter_is_given_once) {
  EXPECT_THAT(parse_list("limit=1&limit=2").faults, ElementsAre("limit: must be given once"));
  EXPECT_THAT(parse_list("limit=1&li%6Dit=2").faults, ElementsAre("limit: must be given once"));
}

TEST(Query, bad_percent_encoding_is_a_fault_of_its_parameter) {
  EXPECT_THAT(parse_list("from=%zz").faults, ElementsAre("from: bad percent-encoding"));
}

TEST(Query, bounds_must_be_in_order_and_may_be_equal) {
  EXPECT_THAT(parse_list("from=2026-02-05T01:00:01Z&to=2026-02-05T01:00:00Z").faults,
              ElementsAre("from: must not be later than to"));
  EXPECT_THAT(parse_list("from=2026-02-05T01:00:00Z&to=2026-02-05T01:00:00Z").faults, IsEmpty());
}

TEST(Query, unknown_parameters_are_ignored) {
  EXPECT_THAT(parse_list("x=1&x=2&%zz&&=&limit=7").faults, IsEmpty());
  EXPECT_EQ(parse_list("x=1&&limit=7").limit, 7);
}

TEST(Query, filters_keep_their_decoded_text) {
  const auto query = parse_list("colour=green&name=a%26b+c");
  EXPECT_THAT(query.filters, ElementsAre(Pair("name", "a&b+c"), Pair("colour", "green")));
}

TEST(Query, a_filter_is_text_that_an_id_could_be) {
  for (const auto& value : {std::string(), std::string("%00"), std::string("%FF"), std::string(201, 'a')})
    EXPECT_THAT(parse_list("name=" + value).faults, ElementsAre(HasSubstr("name: must be 1 to 200")))
        << value;
}

TEST(Query, a_filter_with_choices_takes_no_other) {
  EXPECT_THAT(parse_list("colour=blue").faults, ElementsAre("colour: must be red or green"));
}

TEST(Query, a_duration_becomes_seconds) {
  for (const auto& [text, seconds] : std::map<std::string, std::string>{
           {"0", "0"}, {"90", "90"}, {"90s", "90"}, {"15m", "900"}, {"2h", "7200"}, {"7d", "604800"}}) {
    EXPECT_THAT(parse_list("older_than=" + text).filters, ElementsAre(Pair("older_than", seconds))) << text;
  }
  for (const auto* text :
       {"", "m", "-1", "1.5h", "1w", "99999999999999999999", "9223372036854775807d", "3651d"})
    EXPECT_EQ(parse_list("older_than=" + std::string(text)).faults.size(), 1U) << text;
}

TEST(Query, a_cursor_is_visible_ascii) {
  EXPECT_EQ(parse_list("cursor=abc").cursor, "abc");
  for (const auto& cursor : {std::string(), std::string("%20"), std::string(2001, 'a')})
    EXPECT_EQ(parse_list("cursor=" + cursor).faults.size(), 1U) << cursor;
}

TEST(Query, what_is_required_must_be_there) {
  EXPECT_THAT(parse_query("", kNeeded).faults, ElementsAre("q: is required"));
  EXPECT_THAT(parse_query("q=%zz", kNeeded).faults, ElementsAre("q: bad percent-encoding"));
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
