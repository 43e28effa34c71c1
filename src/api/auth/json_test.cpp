#include "api/auth/json.hpp"

#include <gtest/gtest.h>

namespace api {
namespace {

using namespace std::string_literals;

std::string nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

TEST(StrictJson, values_are_found_by_name_and_kind) {
  const auto json = parse_strict_json(R"({"a":"x","b":[1,-2],"c":{"d":null},"e":1.5,"f":true})");
  ASSERT_TRUE(json);
  EXPECT_EQ(*json->find("a")->text(), "x");
  EXPECT_EQ(*(*json->find("b")->array())[1].integer(), -2);
  EXPECT_NE(json->find("c")->find("d"), nullptr);
  EXPECT_EQ(json->find("e")->integer(), nullptr);
  EXPECT_EQ(json->find("f")->text(), nullptr);
  EXPECT_EQ(json->find("g"), nullptr);
  EXPECT_EQ(json->find("a")->find("x"), nullptr);
}

TEST(StrictJson, an_integer_beyond_64_bits_is_none) {
  const auto json = parse_strict_json("[9223372036854775807, 9223372036854775808, -9223372036854775809]");
  ASSERT_TRUE(json);
  EXPECT_NE((*json->array())[0].integer(), nullptr);
  EXPECT_EQ((*json->array())[1].integer(), nullptr);
  EXPECT_EQ((*json->array())[2].integer(), nullptr);
}

TEST(StrictJson, a_duplicate_key_is_refused_at_any_depth) {
  for (const auto* text : {R"({"a":1,"a":1})", R"([{"x":{"a":1,"b":2,"a":3}}])", R"({"a":1,"\u0061":2})"})
    EXPECT_FALSE(parse_strict_json(text)) << text;
  EXPECT_TRUE(parse_strict_json(R"({"a":{"a":1},"b":{"a":1}})"));
}

TEST(StrictJson, nesting_has_a_limit) {
  EXPECT_TRUE(parse_strict_json(nested(kMaxJsonDepth)));
  EXPECT_FALSE(parse_strict_json(nested(kMaxJsonDepth + 1)));
  EXPECT_FALSE(parse_strict_json(std::string(1000000, '[')));
}

TEST(StrictJson, numbers_that_harm_the_parser_never_reach_it) {
  for (const auto* text :
       {"[1.11111111111111111111111e-2147483639]", "[1e5]", "[-1E5]", "[123456789012345678901]"})
    EXPECT_FALSE(parse_strict_json(text)) << text;
  EXPECT_TRUE(parse_strict_json(R"(["1e-2147483639","\"1e9",{"1e9":12}])"));
}

TEST(StrictJson, text_must_be_unicode_before_and_after_unescaping) {
  for (const auto& text : {"[\"\xFF\"]"s, "[\"\xED\xA0\x80\"]"s, R"(["\uDC00"])"s, R"(["\uD800"])"s,
                           R"(["\u0000"])"s, "[\"\0\"]"s, "[1]\0"s, R"({"\u0000":1})"s}) {
    EXPECT_FALSE(parse_strict_json(text)) << text;
  }
  EXPECT_TRUE(parse_strict_json("[\"\xED\x95\x9C\\uD83D\\uDE00\"]"));
}

TEST(StrictJson, what_is_not_quite_json_is_refused) {
  for (const auto* text : {"", " ", "{", "{}{}", "[1,]", "{'a':1}", "[01]", "[+1]", "[NaN]", "// x\n[]",
                           "[\"\t\"]", "\xEF\xBB\xBF[]", "[\"a", "[\"\\", "[-]"}) {
    EXPECT_FALSE(parse_strict_json(text)) << text;
  }
}

}  // namespace
}  // namespace api
