#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace ingest {

struct BackoffLimits {
  std::chrono::milliseconds initial{50};
  std::chrono::milliseconds max{1000};
};

/// How long to wait between tries while the database or the broker is away: twice as long each time, and
/// drawn from half of that to all of it, so that many who wait don't come back together. One thread at a
/// time.
class Backoff {
 public:
  explicit Backoff(const BackoffLimits& limits) : limits_(limits) {}

  [[nodiscard]] std::chrono::milliseconds next() {
    longest_ = std::clamp(longest_ * 2, limits_.initial, std::max(limits_.initial, limits_.max));
    std::uniform_int_distribution<std::int64_t> draw(longest_.count() / 2, longest_.count());
    return std::chrono::milliseconds(draw(random_));
  }

  /// A try has succeeded.
  void reset() { longest_ = std::chrono::milliseconds(0); }

 private:
  BackoffLimits limits_;
  std::chrono::milliseconds longest_{0};
  std::mt19937 random_{std::random_device{}()};
};

}  // namespace ingest
