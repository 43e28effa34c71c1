#pragma once

#include <atomic>
#include <cstdint>

namespace ingest {

/// How many records a process may read and apply (`--max-messages`). A record that was read and could not be
/// applied is given back, since it is read again. Any thread.
class RecordLimit {
 public:
  explicit RecordLimit(std::int64_t records) : unread_(records), unapplied_(records) {}

  /// True when one more may be read: before it is, so that none is read in vain.
  [[nodiscard]] bool take() {
    if (unread_.fetch_sub(1) > 0) return true;
    ++unread_;
    return false;
  }
  void give_back(std::size_t records) { unread_ += static_cast<std::int64_t>(records); }

  /// True as soon as all are applied.
  [[nodiscard]] bool count_applied(std::size_t records) {
    return (unapplied_ -= static_cast<std::int64_t>(records)) <= 0;
  }

 private:
  std::atomic<std::int64_t> unread_;
  std::atomic<std::int64_t> unapplied_;
};

}  // namespace ingest
