#include "api/auth/key_source.hpp"

#include <algorithm>
#include <utility>

#include "common/log.hpp"

namespace api {
namespace {

using namespace std::chrono_literals;

/// Requests that wait for a fetch; more are told to come again, lest a slow issuer holds every worker up.
constexpr int kMaxWaiting = 4;
/// After a fetch that failed; doubles with each.
constexpr std::chrono::seconds kFirstRetry{1};
constexpr std::chrono::seconds kLongestRetry{30};
constexpr std::chrono::seconds kAgeInterval{1};

/// OpenID Connect Discovery 1.0, section 4.
std::string discovery_url(std::string issuer) {
  if (issuer.ends_with('/')) issuer.pop_back();
  return issuer + "/.well-known/openid-configuration";
}

std::string text_of(const Json& document, std::string_view name) {
  const auto* member = document.find(name);
  if (member == nullptr || member->text() == nullptr)
    throw std::runtime_error("the discovery document has no " + std::string(name));
  return *member->text();
}

}  // namespace

KeySource::KeySource(Options options, Fetch fetch, common::Metrics& metrics)
    : options_(std::move(options)),
      fetch_(std::move(fetch)),
      age_(metrics.gauges("auth_jwks_age_seconds", "Time since the keys of the issuer were last fetched")),
      fetched_(metrics.counters("auth_jwks_fetches_total", "Fetches of the keys of the issuer")
                   .Add({{"result", "ok"}})),
      failed_(metrics.counters("auth_jwks_fetches_total", "Fetches of the keys of the issuer")
                  .Add({{"result", "failed"}})),
      retry_(kFirstRetry),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

KeySource::~KeySource() = default;

std::shared_ptr<const JwkSet> KeySource::keys() const {
  const std::scoped_lock lock(mutex_);
  return keys_ && Clock::now() - fetched_at_ <= options_.max_age ? keys_ : nullptr;
}

bool KeySource::refresh(bool may_wait) {
  std::unique_lock lock(mutex_);
  if (!fetching_ && Clock::now() < ended_at_ + options_.cooldown) return succeeded_;
  fetching_ = true;
  wake_.notify_one();
  if (!may_wait || waiting_ == kMaxWaiting) return false;
  ++waiting_;
  const bool ended = ended_.wait_for(lock, options_.max_wait, [this] { return !fetching_; });
  --waiting_;
  return ended && succeeded_;
}

common::Readiness KeySource::readiness() const {
  if (keys()) return {true, "ready"};
  return {false, "there are no keys of the token issuer, or they are too old"};
}

void KeySource::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const bool succeeded = fetch_keys(stop);
    const auto delay = delay_after(succeeded);
    {
      const std::scoped_lock lock(mutex_);
      fetching_ = false;
      succeeded_ = succeeded;
      ended_at_ = Clock::now();
      due_ = ended_at_ + delay;
    }
    ended_.notify_all();
    wait_until_due(stop);
  }
}

bool KeySource::fetch_keys(const std::stop_token& stop) {
  try {
    auto parsed = parse_jwk_set(fetch_(jwks_url(stop), stop));
    if (!parsed) throw std::runtime_error("the key set is not strict JSON with an array of keys");
    replace(std::move(*parsed));
    fetched_.Increment();
    return true;
  } catch (const std::exception& error) {
    if (stop.stop_requested()) return false;
    failed_.Increment();
    common::log::warn("keys of the token issuer not fetched", {{"detail", error.what()}});
    return false;
  }
}

std::string KeySource::jwks_url(const std::stop_token& stop) const {
  if (!options_.jwks_url.empty()) return options_.jwks_url;
  const auto document = parse_strict_json(fetch_(discovery_url(options_.issuer), stop));
  if (!document) throw std::runtime_error("the discovery document is not strict JSON");
  if (text_of(*document, "issuer") != options_.issuer)
    throw std::runtime_error("the discovery document is that of another issuer");
  return text_of(*document, "jwks_uri");
}

void KeySource::replace(ParsedJwkSet fetched) {
  if (fetched.keys.size() == 0)
    throw std::runtime_error("the key set has no usable key" +
                             (fetched.skipped.empty() ? "" : ": " + fetched.skipped[0]));
  const std::scoped_lock lock(mutex_);
  fetched_at_ = Clock::now();
  if (keys_ && *keys_ == fetched.keys) return;
  keys_ = std::make_shared<const JwkSet>(std::move(fetched.keys));
  common::log::info("new keys of the token issuer", {{"count", keys_->size()}});
  for (const auto& why : fetched.skipped)
    common::log::info("a key of the token issuer is not used", {{"detail", why}});
}

void KeySource::wait_until_due(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!fetching_ && !stop.stop_requested() && Clock::now() < due_) {
    if (keys_) age_.Add({}).Set(std::chrono::duration<double>(Clock::now() - fetched_at_).count());
    wake_.wait_for(lock, stop, std::min<Clock::duration>(kAgeInterval, due_ - Clock::now()),
                   [this] { return fetching_; });
  }
  fetching_ = true;
}

KeySource::Clock::duration KeySource::delay_after(bool success) {
  if (success) {
    retry_ = kFirstRetry;
    return options_.refresh_interval;
  }
  return std::exchange(retry_, std::min(2 * retry_, kLongestRetry));
}

}  // namespace api
