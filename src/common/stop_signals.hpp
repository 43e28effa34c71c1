#pragma once

#include <chrono>
#include <csignal>

namespace common {

/// SIGTERM and SIGINT: blocked from here on, and waited for. Make one in the first thread, before any other
/// starts, since threads inherit what is blocked.
class StopSignals {
 public:
  StopSignals();

  /// Waits for a signal, for ever.
  void wait();
  /// Waits until `deadline`, which may have passed. True as soon as a signal has come, and ever after.
  [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point deadline);

 private:
  sigset_t signals_{};
  bool stopped_ = false;
};

}  // namespace common
