#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <pqxx/connection>
#include <string>

#include "common/metrics.hpp"

namespace common {

struct PoolOptions {
  std::string connection_string;
  std::size_t size = 5;                           ///< connections kept open
  std::chrono::seconds recycle{1800};             ///< age at which a connection is replaced
  std::chrono::milliseconds overflow_idle{5000};  ///< after which further ones are closed
  /// Runs on every new connection, before its first use: prepared statements.
  std::function<void(pqxx::connection&)> on_connect;
};

/// Keeps connections for threads to take in turn, and opens one when there is none: as many as there are
/// leases at a time, which is the callers' to bound. No lock is held while connecting. Any thread; a lease
/// belongs to one thread and must not outlive the pool.
class Pool {
  struct Entry {
    std::unique_ptr<pqxx::connection> connection;
    std::chrono::steady_clock::time_point opened;
    std::chrono::steady_clock::time_point idle_since;
    std::uint64_t generation = 0;
  };

 public:
  /// The right to use one connection; gives it back on destruction.
  class Lease {
   public:
    Lease(Pool& pool, Entry entry) : pool_(&pool), entry_(std::move(entry)) {}
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), entry_(std::move(other.entry_)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    [[nodiscard]] pqxx::connection& operator*() const { return *entry_.connection; }
    /// The connection is broken: it is closed, and so are the idle ones, which most likely broke with it.
    void discard();

   private:
    Pool* pool_;
    Entry entry_;
  };

  Pool(PoolOptions options, Metrics& metrics);

  /// Throws what libpqxx throws when the database can't be reached.
  [[nodiscard]] Lease acquire();

 private:
  [[nodiscard]] Entry take_idle();
  [[nodiscard]] Entry connect();
  void release(Entry entry);
  void drop_idle();
  [[nodiscard]] bool usable(const Entry& entry) const;  // needs mutex_
  void publish();                                       // needs mutex_

  const PoolOptions options_;
  prometheus::Gauge& checked_out_gauge_;
  prometheus::Gauge& checked_in_gauge_;
  prometheus::Gauge& overflow_gauge_;

  std::mutex mutex_;
  std::size_t leases_ = 0;        ///< and connects under way
  std::deque<Entry> idle_;        ///< the longest idle first
  std::uint64_t generation_ = 0;  ///< older connections are closed when they come back
};

}  // namespace common
