#include "common/text.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace common {
namespace {

TEST(Text, well_formed_utf8_is_accepted) {
  for (const auto* text :
       {"", "abc", "\xC2\xA2", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
}

TEST(Text, malformed_utf8_is_refused) {
  for (const auto* text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC2", "\xE2\x82", "\xF0\x9F\x98", "a\xC2z"}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

TEST(Text, repairing_replaces_bad_bytes_and_keeps_the_rest) {
  EXPECT_EQ(repair_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(repair_utf8("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_TRUE(is_utf8(repair_utf8("\xC2\xE2\x82\xAC\x80")));
}

TEST(Text, truncation_does_not_cut_a_character) {
  EXPECT_EQ(truncate_utf8("ab\xE2\x82\xAC", 4), "ab");
  EXPECT_EQ(truncate_utf8("ab\xE2\x82\xAC", 5), "ab\xE2\x82\xAC");
}

TEST(Text, percent_decoding_happens_once_and_leaves_plus) {
  EXPECT_EQ(percent_decode("a%2Fb+c%252F"), "a/b+c%2F");
  EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
}

TEST(Text, bad_percent_sequences_are_refused) {
  for (const auto* text : {"%", "%a", "a%", "%zz", "%1g", "%%20"}) EXPECT_FALSE(percent_decode(text)) << text;
}

TEST(Text, control_characters_are_found) {
  EXPECT_TRUE(has_control_characters(std::string_view("a\0b", 3)));
  EXPECT_TRUE(has_control_characters("a\x7F"));
  EXPECT_FALSE(has_control_characters("a\xC2\x80 b"));
}

TEST(Text, visible_ascii_is_bounded) {
  EXPECT_TRUE(is_visible_ascii("abc-~!", 6));
  EXPECT_FALSE(is_visible_ascii("", 6));
  EXPECT_FALSE(is_visible_ascii("a b", 6));
  EXPECT_FALSE(is_visible_ascii("abcdefg", 6));
}

TEST(Text, uuids_are_version_4_and_differ) {
  const std::regex version4("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto uuid = make_uuid();
    EXPECT_TRUE(std::regex_match(uuid, version4)) << uuid;
    EXPECT_TRUE(seen.insert(uuid).second);
  }
}

TEST(Trim, takes_spaces_from_both_ends_only) {
  EXPECT_EQ(trim(" \ta b\t "), "a b");
  EXPECT_EQ(trim("ab"), "ab");
  EXPECT_EQ(trim(" \t"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\na\n"), "\na\n");
  EXPECT_EQ(trim("\na\n", "\n"), "a");
}

}  // namespace
}  // namespace common
