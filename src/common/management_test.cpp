#include "common/management.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace common {
namespace {

using ::testing::HasSubstr;

http::Response get(const std::string& path, const std::function<Readiness()>& readiness,
                   std::string method = "GET") {
  Metrics metrics;
  metrics.counters("x_total", "an x").Add({}).Increment();
  http::Request request;
  request.method = std::move(method);
  request.path = path;
  return management_answer(request, metrics, readiness);
}

TEST(Management, metrics_are_shown_as_prometheus_text) {
  const auto response = get("/metrics", {});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, Metrics::kContentType);
  EXPECT_THAT(response.body, HasSubstr("x_total 1"));
}

TEST(Management, readiness_gives_its_reason) {
  EXPECT_EQ(get("/readyz", [] { return Readiness{true, "ready"}; }).status, 200);
  const auto response = get("/readyz", [] { return Readiness{false, "the database is away"}; });
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, "the database is away\n");
}

TEST(Management, a_check_that_throws_is_not_ready_and_says_nothing_of_it) {
  const auto response = get("/readyz", []() -> Readiness { throw std::runtime_error("password=x"); });
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, "not ready: the check failed\n");
}

TEST(Management, liveness_does_not_ask_for_readiness) {
  EXPECT_EQ(get("/livez", []() -> Readiness { throw std::runtime_error("x"); }).status, 200);
}

TEST(Management, other_paths_and_methods_are_refused) {
  EXPECT_EQ(get("/", {}).status, 404);
  EXPECT_EQ(get("/metrics", {}, "POST").status, 405);
}

}  // namespace
}  // namespace common
