#include "common/stop_signals.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

namespace common {
namespace {

using Clock = std::chrono::steady_clock;

TEST(StopSignals, waits_until_the_deadline_when_none_comes) {
  StopSignals signals;
  const auto deadline = Clock::now() + std::chrono::milliseconds(20);
  EXPECT_FALSE(signals.wait_until(deadline));
  EXPECT_GE(Clock::now(), deadline);
}

TEST(StopSignals, end_a_wait_and_stay) {
  StopSignals signals;
  const auto self = pthread_self();
  std::thread sender([self] { pthread_kill(self, SIGINT); });
  EXPECT_TRUE(signals.wait_until(Clock::now() + std::chrono::hours(1)));
  sender.join();
  EXPECT_TRUE(signals.wait_until(Clock::now()));
}

}  // namespace
}  // namespace common
