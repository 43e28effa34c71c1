#include "ingest/repair/pair_store.hpp"

#include <gtest/gtest.h>

namespace ingest {
namespace {

TEST(ArrayLiteral, quotes_every_text) {
  EXPECT_EQ(array_literal({}), "{}");
  EXPECT_EQ(array_literal({"po-1", "", "NULL", "a,b} {c"}), R"({"po-1","","NULL","a,b} {c"})");
  EXPECT_EQ(array_literal({R"(a"b\c)", "가"}), R"({"a\"b\\c","가"})");
}

}  // namespace
}  // namespace ingest
