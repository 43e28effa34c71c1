#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>

namespace ingest {

/// How many records one call may have. A database that has become too slow for whole batches is given fewer
/// at a time until it is faster, instead of meeting the same timeouts anew with each batch. One thread at a
/// time.
class CallSize {
 public:
  [[nodiscard]] std::size_t max_records() const { return max_records_; }

  /// A call of `records` was too much for one statement.
  void took_too_long(std::size_t records) {
    max_records_ = std::max<std::size_t>(1, records / 2);
    full_calls_ = 0;
  }

  /// A call of `records` has succeeded. Growth costs a timeout when the database is no faster, hence a try
  /// once in so many calls only.
  void succeeded(std::size_t records) {
    if (records < max_records_ || ++full_calls_ < kFullCallsBeforeGrowth) return;
    max_records_ *= 2;
    full_calls_ = 0;
  }

 private:
  static constexpr int kFullCallsBeforeGrowth = 16;

  std::size_t max_records_ = std::numeric_limits<std::size_t>::max();
  int full_calls_ = 0;
};

}  // namespace ingest
