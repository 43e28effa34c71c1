#include "common/stop_signals.hpp"

#include <pthread.h>

#include <algorithm>
#include <ctime>

namespace common {

StopSignals::StopSignals() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

void StopSignals::wait() {
  while (!wait_until(std::chrono::steady_clock::now() + std::chrono::hours(1))) {
  }
}

bool StopSignals::wait_until(std::chrono::steady_clock::time_point deadline) {
  using std::chrono::nanoseconds;
  constexpr auto kSecond = nanoseconds(std::chrono::seconds(1)).count();
  while (!stopped_) {
    const auto now = std::chrono::steady_clock::now();
    const auto left = std::max(nanoseconds(0), nanoseconds(deadline - now)).count();
    const timespec wait{.tv_sec = left / kSecond, .tv_nsec = left % kSecond};
    stopped_ = sigtimedwait(&signals_, nullptr, &wait) > 0;
    if (left == 0) break;
  }
  return stopped_;
}

}  // namespace common
