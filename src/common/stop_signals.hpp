#pragma once

#include <chrono>
#include <csignal>

namespace common {

/// SIGTERM and SIGINT for a command that works in steps: blocked from here on, and asked for between two
/// steps. Make one in the first thread, before any other starts.
class StopSignals {
 public:
  StopSignals();

  /// Waits until `deadline`, which may have passed. True as soon as a signal has come, and ever after.
  [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point deadline);

 private:
  sigset_t signals_{};
  bool stopped_ = false;
};

}  // namespace common
