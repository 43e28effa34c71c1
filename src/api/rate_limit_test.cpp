#include "api/rate_limit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace api {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr std::chrono::steady_clock::time_point kStart{1h};

TEST(RateLimit, counts_down_to_a_refusal) {
  RateLimit rate_limit({.limit = 2});
  EXPECT_EQ(rate_limit.allow("me", kStart).remaining, 1);
  const auto last = rate_limit.allow("me", kStart + 1s);
  EXPECT_TRUE(last.allowed);
  EXPECT_EQ(last.remaining, 0);
  const auto refused = rate_limit.allow("me", kStart + 2s);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.remaining, 0);
}

TEST(RateLimit, reset_is_never_too_early) {
  RateLimit rate_limit({.limit = 1});
  EXPECT_EQ(rate_limit.allow("me", kStart).reset, 60s);
  EXPECT_EQ(rate_limit.allow("me", kStart + 59100ms).reset, 1s);
  EXPECT_FALSE(rate_limit.allow("me", kStart + 59999ms).allowed);
  EXPECT_TRUE(rate_limit.allow("me", kStart + 60s).allowed);
}

TEST(RateLimit, refusals_do_not_prolong_a_window) {
  RateLimit rate_limit({.limit = 1});
  for (auto at = 0s; at < 60s; at += 1s) EXPECT_EQ(rate_limit.allow("me", kStart + at).allowed, at == 0s);
  EXPECT_TRUE(rate_limit.allow("me", kStart + 60s).allowed);
}

TEST(RateLimit, actors_do_not_share) {
  RateLimit rate_limit({.limit = 1});
  EXPECT_TRUE(rate_limit.allow("me", kStart).allowed);
  EXPECT_TRUE(rate_limit.allow("you", kStart).allowed);
  EXPECT_FALSE(rate_limit.allow("me", kStart).allowed);
}

TEST(RateLimit, no_more_actors_are_remembered_than_allowed) {
  RateLimit rate_limit({.limit = 1, .max_actors = 2});
  for (const auto* actor : {"a", "b", "c"}) EXPECT_TRUE(rate_limit.allow(actor, kStart).allowed);
  EXPECT_FALSE(rate_limit.allow("b", kStart).allowed);
  EXPECT_FALSE(rate_limit.allow("c", kStart).allowed);
  EXPECT_TRUE(rate_limit.allow("a", kStart).allowed);  // was forgotten for c
}

TEST(RateLimit, many_threads_get_no_more_than_one) {
  RateLimit rate_limit({.limit = 1000});
  std::atomic<int> allowed{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 500; ++n) allowed += rate_limit.allow("me", kStart).allowed ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(allowed, 1000);
}

MATCHER_P2(HeaderIs, name, value, "") {
  return arg.name == name && arg.value == value;
}

TEST(RateLimitHeaders, tell_policy_and_rest) {
  const RateLimitOptions options{.limit = 600};
  EXPECT_THAT(headers_of(options, {.allowed = true, .remaining = 599, .reset = 60s}),
              ElementsAre(HeaderIs("RateLimit-Policy", "\"actor\";q=600;w=60"),
                          HeaderIs("RateLimit", "\"actor\";r=599;t=60")));
}

TEST(RateLimitHeaders, tell_when_to_come_again_after_a_refusal) {
  const RateLimitOptions options{.limit = 600};
  EXPECT_THAT(headers_of(options, {.allowed = false, .remaining = 0, .reset = 7s}),
              ElementsAre(HeaderIs("RateLimit-Policy", "\"actor\";q=600;w=60"),
                          HeaderIs("RateLimit", "\"actor\";r=0;t=7"), HeaderIs("Retry-After", "7")));
}

}  // namespace
}  // namespace api
