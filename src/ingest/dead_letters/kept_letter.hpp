#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/dead_letters/dead_letter.hpp"
#include "ingest/kafka.hpp"

namespace ingest {

/// A dead letter that DeadLetterFile or DeadLetterTopic has kept, with bytes of its own.
struct KeptLetter {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::optional<std::string> key;
  std::optional<std::string> payload;
  std::vector<std::pair<std::string, std::optional<std::string>>> headers;
  std::optional<Microseconds> timestamp;
  Rejection rejection{RejectionError::internal_error, {}};
  std::string profile_id;
  std::string correlation_id;

  /// Views into this.
  [[nodiscard]] RecordView record() const;
};

/// From a line of DeadLetterFile; nothing for any other line, a torn one say.
[[nodiscard]] std::optional<KeptLetter> letter_of_line(std::string_view line);

/// From a record of DeadLetterTopic; nothing for any other record.
[[nodiscard]] std::optional<KeptLetter> letter_of_record(const rd_kafka_message_t& message);

/// Reads `topic` from its beginning to where it ends now; a record that is no letter is nothing. Stops when
/// `on_record` says false. Throws kafka::Error when the broker can't be asked.
void read_letters(const kafka::Brokers& brokers, const std::string& topic,
                  const std::function<bool(std::optional<KeptLetter>)>& on_record);

}  // namespace ingest
