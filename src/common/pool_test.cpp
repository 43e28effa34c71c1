#include "common/pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/except>

namespace common {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

// Nothing listens on port 1: what needs a database is tested in tests/.
constexpr const char* kNobody = "postgresql://x@127.0.0.1:1/x?connect_timeout=1";

TEST(Pool, a_failed_connect_gives_its_place_back) {
  Metrics metrics;
  Pool pool({.connection_string = kNobody,
             .size = 1,
             .max_overflow = 0,
             .checkout_timeout = 100ms,
             .on_connect = {}},
            metrics);
  for (int i = 0; i < 3; ++i) EXPECT_THROW((void)pool.acquire(), pqxx::broken_connection);
  EXPECT_THAT(metrics.render(), HasSubstr("db_pool_checked_out 0"));
}

TEST(Pool, no_place_means_a_bounded_wait) {
  Metrics metrics;
  Pool pool({.connection_string = kNobody,
             .size = 0,
             .max_overflow = 0,
             .checkout_timeout = 20ms,
             .on_connect = {}},
            metrics);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THROW((void)pool.acquire(), PoolExhausted);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
}

}  // namespace
}  // namespace common
