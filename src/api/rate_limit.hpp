#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/http_message.hpp"

namespace api {

struct RateLimitOptions {
  int limit = 0;  ///< in each window, for each actor; 0: none is refused
  std::chrono::seconds window{60};
  std::size_t max_actors = 10000;  ///< remembered at a time; beyond that the oldest window is forgotten
};

/// What an actor may still do.
struct Quota {
  bool allowed;
  int remaining;               ///< in this window, after this request
  std::chrono::seconds reset;  ///< until the next window may begin, rounded up
};

/// Counts what each actor does within a window of time that begins with the first of it. Any thread.
///
/// A window and not a token bucket: `remaining` and `reset` are then exact, which clients are told, and the
/// limit reads like the rows that it allows: so many a minute. The price is that around the end of a window
/// twice as many pass; against a script that runs away that is good enough.
class RateLimit {
 public:
  explicit RateLimit(RateLimitOptions options) : options_(options) {}

  /// Counts one request; what is refused is not counted. `now` never goes back.
  [[nodiscard]] Quota allow(std::string_view actor, std::chrono::steady_clock::time_point now);

  [[nodiscard]] const RateLimitOptions& options() const { return options_; }

 private:
  struct Window {
    std::string actor;
    std::chrono::steady_clock::time_point end;
    int used;
  };

  [[nodiscard]] Window& window_of(std::string_view actor, std::chrono::steady_clock::time_point now);

  const RateLimitOptions options_;
  std::mutex mutex_;
  std::list<Window> windows_;  ///< by end, since all are of the same length
  std::unordered_map<std::string_view, std::list<Window>::iterator> by_actor_;  ///< keys lie in windows_
};

/// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10), and Retry-After when
/// refused.
[[nodiscard]] std::vector<common::http::Header> headers_of(const RateLimitOptions& options,
                                                           const Quota& quota);

}  // namespace api
