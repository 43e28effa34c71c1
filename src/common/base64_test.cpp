#include "common/base64.hpp"

#include <gtest/gtest.h>

namespace common {
namespace {

using namespace std::string_literals;

TEST(Base64, any_bytes_come_back) {
  for (const auto& [bytes, text] : {std::pair(""s, ""), std::pair("f"s, "Zg=="), std::pair("fo"s, "Zm8="),
                                    std::pair("foo"s, "Zm9v"), std::pair("\0\xFF\"\0"s, "AP8iAA==")}) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, anything_else_is_refused) {
  for (const auto* text : {"Z", "Zg", "Zg=", "Zg==\n", " Zg==", "Zh==", "Z$==", "====", "Zm9vZg"})
    EXPECT_FALSE(from_base64(text)) << text;
}

TEST(Base64Url, is_read_without_padding) {
  for (const auto& [text, bytes] : {std::pair("", ""s), std::pair("Zg", "f"s), std::pair("Zm8", "fo"s),
                                    std::pair("Zm9v", "foo"s), std::pair("-_8", "\xFB\xFF"s)})
    EXPECT_EQ(from_base64url(text), bytes);
}

TEST(Base64Url, anything_else_is_refused) {
  for (const auto* text : {"Z", "Zg==", "Zh", "+/8", "Z g", "Zm9vZ", "\xC3\xA9", "Zg\n"})
    EXPECT_FALSE(from_base64url(text)) << text;
}

}  // namespace
}  // namespace common
