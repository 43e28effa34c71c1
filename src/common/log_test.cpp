#include "common/log.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace common::log {
namespace {

std::string line(std::string_view message, Fields fields = {}) {
  return render("T", "svc", Level::warn, message, fields);
}

TEST(Log, an_entry_is_one_json_object) {
  EXPECT_EQ(
      line("started", {{"port", 8000}, {"ratio", 0.5}, {"ok", true}, {"correlation_id", "c-1"}}),
      R"({"time":"T","level":"warn","service":"svc","message":"started","port":8000,"ratio":0.5,"ok":true,)"
      R"("correlation_id":"c-1"})");
}

TEST(Log, hostile_text_cannot_break_the_line) {
  EXPECT_EQ(line("a\"b\\c\nd{}", {{"k", std::string("\0\x1f", 2)}}),
            R"({"time":"T","level":"warn","service":"svc","message":"a\"b\\c\nd{}","k":"\u0000\u001F"})");
}

TEST(Log, bytes_that_are_no_utf8_are_replaced) {
  EXPECT_EQ(line("\xFF"),
            "{\"time\":\"T\",\"level\":\"warn\",\"service\":\"svc\",\"message\":\"\xEF\xBF\xBD\"}");
}

TEST(Log, a_number_that_json_lacks_is_null) {
  EXPECT_EQ(line("m", {{"x", std::numeric_limits<double>::infinity()}}),
            R"({"time":"T","level":"warn","service":"svc","message":"m","x":null})");
}

}  // namespace
}  // namespace common::log
