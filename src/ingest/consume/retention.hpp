#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "common/database.hpp"
#include "ingest/config.hpp"

namespace ingest {

/// Prunes the dead letters that were closed DLQ_RETENTION_DAYS ago, at an interval, on a thread of its own
/// from construction to destruction. Every process may do this: the database lets one at a time.
class Retention {
 public:
  explicit Retention(const Config& config);

 private:
  void run(const std::stop_token& stop);
  void prune(const std::stop_token& stop);

  std::string database_url_;
  common::SessionOptions session_;
  std::string actor_;
  int days_;
  std::chrono::seconds interval_;
  std::jthread thread_;  ///< last: it uses all of the above
};

}  // namespace ingest
