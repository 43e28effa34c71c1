#include "api/rate_limit.hpp"

#include <utility>

namespace api {

using std::chrono::seconds;
using std::chrono::steady_clock;

Quota RateLimit::allow(std::string_view actor, steady_clock::time_point now) {
  const std::scoped_lock lock(mutex_);
  auto& window = window_of(actor, now);
  const bool allowed = window.used < options_.limit;
  if (allowed) ++window.used;
  return {allowed, options_.limit - window.used, std::chrono::ceil<seconds>(window.end - now)};
}

RateLimit::Window& RateLimit::window_of(std::string_view actor, steady_clock::time_point now) {
  const auto forget_oldest = [this] {
    by_actor_.erase(windows_.front().actor);
    windows_.pop_front();
  };
  while (!windows_.empty() && windows_.front().end <= now) forget_oldest();
  if (const auto known = by_actor_.find(actor); known != by_actor_.end()) return *known->second;
  if (windows_.size() >= options_.max_actors) forget_oldest();
  const auto added = windows_.insert(windows_.end(), {std::string(actor), now + options_.window, 0});
  by_actor_.emplace(added->actor, added);
  return *added;
}

std::vector<common::http::Header> headers_of(const RateLimitOptions& options, const Quota& quota) {
  const auto text = [](auto number) { return std::to_string(number); };
  std::vector<common::http::Header> headers{
      {"RateLimit-Policy", "\"actor\";q=" + text(options.limit) + ";w=" + text(options.window.count())},
      {"RateLimit", "\"actor\";r=" + text(quota.remaining) + ";t=" + text(quota.reset.count())}};
  if (!quota.allowed) headers.push_back({"Retry-After", text(quota.reset.count())});
  return headers;
}

}  // namespace api
