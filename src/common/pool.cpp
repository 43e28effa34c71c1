#include "common/pool.hpp"

#include <utility>
#include <vector>

namespace common {

using std::chrono::steady_clock;

Pool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->release(std::move(entry_));
}

void Pool::Lease::discard() {
  entry_.connection.reset();
  pool_->drop_idle();
}

Pool::Pool(PoolOptions options, Metrics& metrics)
    : options_(std::move(options)),
      checked_out_gauge_(metrics.gauges("db_pool_checked_out", "Connections in use").Add({})),
      checked_in_gauge_(metrics.gauges("db_pool_checked_in", "Idle connections").Add({})),
      overflow_gauge_(metrics.gauges("db_pool_overflow", "Connections beyond the pool's size").Add({})) {
  metrics.gauges("db_pool_size", "Connections that the pool keeps")
      .Add({})
      .Set(static_cast<double>(options_.size));
}

Pool::Lease Pool::acquire() {
  auto entry = take_idle();
  if (!entry.connection) {
    try {
      entry = connect();
    } catch (...) {
      release({});
      throw;
    }
  }
  return {*this, std::move(entry)};
}

Pool::Entry Pool::take_idle() {
  std::vector<Entry> expired;  // closed after the lock is gone: closing talks to the network
  const std::scoped_lock lock(mutex_);
  ++leases_;
  Entry entry;
  while (!entry.connection && !idle_.empty()) {
    // The latest used first, so that those beyond the need grow old and are closed.
    auto candidate = std::move(idle_.back());
    idle_.pop_back();
    (usable(candidate) ? entry : expired.emplace_back()) = std::move(candidate);
  }
  publish();
  return entry;
}

Pool::Entry Pool::connect() {
  std::uint64_t generation = 0;
  {
    const std::scoped_lock lock(mutex_);
    generation = generation_;
  }
  Entry entry{
      std::make_unique<pqxx::connection>(options_.connection_string), steady_clock::now(), {}, generation};
  if (options_.on_connect) options_.on_connect(*entry.connection);
  return entry;
}

void Pool::release(Entry entry) {
  std::vector<Entry> closed;
  const std::scoped_lock lock(mutex_);
  if (entry.connection && usable(entry)) {
    entry.idle_since = steady_clock::now();
    idle_.push_back(std::move(entry));
  } else {
    closed.push_back(std::move(entry));
  }
  --leases_;
  while (idle_.size() + leases_ > options_.size && !idle_.empty() &&
         steady_clock::now() - idle_.front().idle_since > options_.overflow_idle) {
    closed.push_back(std::move(idle_.front()));
    idle_.pop_front();
  }
  publish();
}

void Pool::drop_idle() {
  std::deque<Entry> closed;
  const std::scoped_lock lock(mutex_);
  ++generation_;
  closed.swap(idle_);
  publish();
}

bool Pool::usable(const Entry& entry) const {
  return entry.generation == generation_ && entry.connection->is_open() &&
         steady_clock::now() - entry.opened < options_.recycle;
}

void Pool::publish() {
  checked_out_gauge_.Set(static_cast<double>(leases_));
  checked_in_gauge_.Set(static_cast<double>(idle_.size()));
  const auto total = leases_ + idle_.size();
  overflow_gauge_.Set(total > options_.size ? static_cast<double>(total - options_.size) : 0.0);
}

}  // namespace common
