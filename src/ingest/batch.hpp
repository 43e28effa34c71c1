#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/dead_letters/dead_letter.hpp"
#include "ingest/event/contract.hpp"
#include "ingest/event/event.hpp"
#include "ingest/record.hpp"

/// Records on their way to one call of bo.apply_batch(). Pure: knows neither Kafka nor the database.
namespace ingest {

/// Oids of the row types of bo.apply_batch(), see bo.wire_types().
struct WireTypes {
  std::uint32_t dead_letter = 0;
  std::uint32_t ledger_event = 0;
  std::uint32_t payment_order_event = 0;
  std::uint32_t partition_progress = 0;
};

/// Next offset of a partition, when its log end, now reached, was asked for (nothing: not reached), and what
/// the topic holds (nothing: leave what is known).
struct PartitionProgress {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t next_offset = 0;
  std::optional<std::chrono::steady_clock::time_point> caught_up_at;
  std::optional<EventKind> kind;
};

/// Arguments of bo.apply_batch() in PostgreSQL's binary form.
struct BatchArguments {
  std::string dead_letters;
  std::string ledger_events;
  std::string payment_order_events;
  std::string progress;
};

/// Refers to the bytes of its records, and to the decoder that read them. One thread.
class Batch {
 public:
  /// Values taken from an alias, by topic and alias.
  using AliasHits = std::map<std::pair<std::string_view, std::string_view>, std::int64_t>;
  /// Times read as UTC for want of an offset, by topic.
  using TimesWithoutOffset = std::map<std::string_view, std::int64_t>;

  explicit Batch(std::string profile_id) : profile_id_(std::move(profile_id)) {}

  void add(const RecordView& record, const Decoded& decoded);
  /// Makes a dead letter of an event that SQL refused.
  void reject(std::size_t index, Rejection rejection);
  void clear();

  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  /// Payload bytes.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::string_view topic(std::size_t index) const { return items_[index].record.topic; }
  [[nodiscard]] std::optional<Microseconds> timestamp(std::size_t index) const {
    return items_[index].record.timestamp;
  }
  /// The error of a dead letter; nothing for an event.
  [[nodiscard]] std::optional<RejectionError> rejection(std::size_t index) const;
  [[nodiscard]] const AliasHits& alias_hits() const { return alias_hits_; }
  [[nodiscard]] const TimesWithoutOffset& times_without_offset() const { return times_without_offset_; }

  /// The dead letters from `begin` to before `end` that nobody keeps yet.
  [[nodiscard]] std::vector<DeadLetter> dead_letters(std::size_t begin, std::size_t end) const;
  /// They are kept elsewhere, so they do not travel with the batch.
  void mark_kept(std::size_t begin, std::size_t end);

  /// The records from `begin` to before `end`.
  [[nodiscard]] BatchArguments arguments(std::size_t begin, std::size_t end, const WireTypes& types,
                                         const std::vector<PartitionProgress>& progress) const;
  /// What may be noted as progress once the records before `end` are applied: their next offsets.
  [[nodiscard]] std::vector<PartitionProgress> progress_before(std::size_t end) const;

 private:
  enum class Kind { dead_letter, kept_dead_letter, ledger_event, payment_order_event };
  struct Item {
    Kind kind;
    RecordView record;
    std::size_t encoded_begin = 0;  ///< in the buffer of the kind
    std::size_t encoded_end = 0;
    std::optional<Rejection> rejection;
    std::string correlation_id;
  };

  std::string profile_id_;
  std::vector<Item> items_;
  std::string ledger_events_;         ///< encoded, in the order of the items
  std::string payment_order_events_;  ///< encoded, in the order of the items
  AliasHits alias_hits_;
  TimesWithoutOffset times_without_offset_;
  std::size_t bytes_ = 0;
};

}  // namespace ingest
