#include "ingest/dead_letters/dead_letter_store.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

TEST(DeadLetterFilter, without_a_wish_asks_for_nothing) {
  EXPECT_EQ(DeadLetterFilter{}.json(), "{}");
}

TEST(DeadLetterFilter, names_the_attributes_of_the_row_type) {
  DeadLetterFilter filter;
  filter.topic = "a \"topic\"";
  filter.error = "parse_error";
  filter.since = "2026-02-05T01:00:00Z";
  filter.until = "2026-02-06";
  filter.from_id = 7;
  filter.to_id = 9;
  filter.statuses = {"OPEN", "PARKED"};
  EXPECT_EQ(filter.json(), R"({"topic":"a \"topic\"","error":"parse_error","since":"2026-02-05T01:00:00Z",)"
                           R"("until":"2026-02-06","from_id":7,"to_id":9,"statuses":["OPEN","PARKED"]})");
}

TEST(DeadLetterFilter, takes_any_bytes_as_a_key) {
  DeadLetterFilter filter;
  filter.key = "a\xff\\";
  EXPECT_EQ(filter.json(), R"({"key":"\\x61ff5c"})");
}

}  // namespace
}  // namespace ingest
