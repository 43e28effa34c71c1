#include "common/pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/except>

namespace common {
namespace {

using ::testing::HasSubstr;

// Nothing listens on port 1: what needs a database is tested in tests/.
constexpr const char* kNobody = "postgresql://x@127.0.0.1:1/x?connect_timeout=1";

TEST(Pool, a_failed_connect_leaves_nothing_behind) {
  Metrics metrics;
  Pool pool({.connection_string = kNobody, .size = 1, .on_connect = {}}, metrics);
  for (int i = 0; i < 3; ++i) EXPECT_THROW((void)pool.acquire(), pqxx::broken_connection);
  EXPECT_THAT(metrics.render(), HasSubstr("db_pool_checked_out 0"));
}

}  // namespace
}  // namespace common
