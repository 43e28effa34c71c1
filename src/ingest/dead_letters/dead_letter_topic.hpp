#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "ingest/dead_letters/dead_letter.hpp"
#include "ingest/kafka.hpp"

namespace ingest {

/// DLQ_BACKEND=topic: the record as it came, key, payload and headers byte for byte, with headers of ours
/// (`dlq-…`) behind its own. keep() returns when all replicas in sync have acknowledged.
class DeadLetterTopic : public DeadLetterSink {
 public:
  struct Options {
    kafka::Settings kafka;
    std::string topic;
    std::chrono::milliseconds timeout{30'000};  ///< for all letters of one call
  };

  /// Throws kafka::Error for settings that librdkafka refuses.
  explicit DeadLetterTopic(Options options);
  void keep(const std::vector<DeadLetter>& letters) override;

 private:
  void send(const DeadLetter& letter);

  const Options options_;
  std::mutex mutex_;
  std::size_t unacknowledged_ = 0;
  std::string failure_;     ///< of a letter of this call; empty: none
  kafka::Handle producer_;  ///< last: its callbacks use the above
};

}  // namespace ingest
