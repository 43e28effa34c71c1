#include "ingest/batch.hpp"

#include <algorithm>
#include <array>

#include "common/text.hpp"
#include "common/wire.hpp"

namespace ingest {
namespace {

namespace wire = common::wire;

constexpr std::size_t kMaxCorrelationIdBytes = 200;
constexpr std::array<std::string_view, 3> kCorrelationHeaders = {"x-correlation-id", "correlation-id",
                                                                 "correlation_id"};

/// A correlation id that can be stored as text; empty for any other bytes.
std::string storable(std::string_view text) {
  const bool is_text =
      text.size() <= kMaxCorrelationIdBytes && common::is_utf8(text) && !common::has_control_characters(text);
  return is_text ? std::string(text) : std::string();
}

/// The header's, else the payload's (contract.md section 1).
std::string correlation_id_of(const RecordView& record, const Decoded& decoded) {
  for (const auto name : kCorrelationHeaders) {
    for (const auto& header : record.headers) {
      if (!common::iequals(header.name, name) || !header.value) continue;
      if (auto id = storable(*header.value); !id.empty()) return id;
    }
  }
  return storable(decoded.correlation_id);
}

void encode(std::string& out, const LedgerEvent& event, std::optional<Microseconds> record_timestamp) {
  wire::Row row(out, 12);
  row.text(event.tx_id);
  row.text(event.wallet_id);
  row.text(event.entry_type);
  row.numeric(event.amount);
  row.numeric(event.amount_signed);
  row.text(event.related_id);
  row.text(event.related_type);
  row.timestamptz(event.event_time);
  row.timestamptz(event.created_at);
  row.timestamptz(event.updated_at);
  row.int8(event.source_version);
  row.timestamptz(record_timestamp);
}

void encode(std::string& out, const PaymentOrderEvent& event, std::optional<Microseconds> record_timestamp) {
  wire::Row row(out, 9);
  row.text(event.order_id);
  row.text(event.user_id);
  row.text(event.merchant_name);
  row.numeric(event.amount);
  row.text(event.status);
  row.timestamptz(event.created_at);
  row.timestamptz(event.updated_at);
  row.int8(event.source_version);
  row.timestamptz(record_timestamp);
}

std::string_view name_of(EventKind kind) {
  return kind == EventKind::ledger_entry ? "ledger_entry" : "payment_order";
}

/// As of now: a call that is made again later has another age.
std::optional<std::int64_t> age_us(std::optional<std::chrono::steady_clock::time_point> since) {
  if (!since) return std::nullopt;
  const auto age = std::chrono::steady_clock::now() - *since;
  return std::chrono::duration_cast<std::chrono::microseconds>(age).count();
}

void encode(std::string& out, const PartitionProgress& progress) {
  wire::Row row(out, 5);
  row.text(progress.topic);
  row.int4(progress.partition);
  row.int8(progress.next_offset);
  row.int8(age_us(progress.caught_up_at));
  row.text(progress.kind ? std::optional(name_of(*progress.kind)) : std::nullopt);
}

}  // namespace

void Batch::add(const RecordView& record, const Decoded& decoded) {
  Item item{.kind = Kind::dead_letter, .record = record, .rejection = {}, .correlation_id = {}};
  bytes_ += record.payload ? record.payload->size() : 0;
  if (const auto* ledger = std::get_if<LedgerEvent>(&decoded.event)) {
    item.kind = Kind::ledger_event;
    item.encoded_begin = ledger_events_.size();
    encode(ledger_events_, *ledger, record.timestamp);
    item.encoded_end = ledger_events_.size();
  } else if (const auto* order = std::get_if<PaymentOrderEvent>(&decoded.event)) {
    item.kind = Kind::payment_order_event;
    item.encoded_begin = payment_order_events_.size();
    encode(payment_order_events_, *order, record.timestamp);
    item.encoded_end = payment_order_events_.size();
  } else {
    item.rejection = std::get<Rejection>(decoded.event);
  }
  item.correlation_id = correlation_id_of(record, decoded);
  for (const auto alias : decoded.alias_hits) ++alias_hits_[{record.topic, alias}];
  if (decoded.times_without_offset > 0) times_without_offset_[record.topic] += decoded.times_without_offset;
  items_.push_back(std::move(item));
}

void Batch::reject(std::size_t index, Rejection rejection) {
  items_[index].kind = Kind::dead_letter;
  items_[index].rejection = std::move(rejection);
}

void Batch::clear() {
  items_.clear();
  ledger_events_.clear();
  payment_order_events_.clear();
  alias_hits_.clear();
  times_without_offset_.clear();
  bytes_ = 0;
}

std::optional<RejectionError> Batch::rejection(std::size_t index) const {
  const auto& rejection = items_[index].rejection;
  return rejection ? std::optional(rejection->error) : std::nullopt;
}

std::vector<DeadLetter> Batch::dead_letters(std::size_t begin, std::size_t end) const {
  std::vector<DeadLetter> letters;
  for (std::size_t i = begin; i < end; ++i) {
    const auto& item = items_[i];
    if (item.kind == Kind::dead_letter)
      letters.push_back({item.record, *item.rejection, profile_id_, item.correlation_id});
  }
  return letters;
}

void Batch::mark_kept(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (items_[i].kind == Kind::dead_letter) items_[i].kind = Kind::kept_dead_letter;
  }
}

BatchArguments Batch::arguments(std::size_t begin, std::size_t end, const WireTypes& types,
                                const std::vector<PartitionProgress>& progress) const {
  std::string letters;
  std::string partitions;
  std::int32_t letter_count = 0;
  struct Elements {
    std::string_view buffer;
    std::string joined;
    std::int32_t count = 0;
  };
  Elements ledger{.buffer = ledger_events_, .joined = {}};
  Elements orders{.buffer = payment_order_events_, .joined = {}};
  const auto append = [](Elements& elements, const Item& item) {
    elements.joined += elements.buffer.substr(item.encoded_begin, item.encoded_end - item.encoded_begin);
    ++elements.count;
  };

  for (std::size_t i = begin; i < end; ++i) {
    const auto& item = items_[i];
    if (item.kind == Kind::ledger_event) append(ledger, item);
    if (item.kind == Kind::payment_order_event) append(orders, item);
    if (item.kind == Kind::dead_letter) {
      append_row(letters, {item.record, *item.rejection, profile_id_, item.correlation_id});
      ++letter_count;
    }
  }
  for (const auto& partition : progress) encode(partitions, partition);
  return {wire::array(types.dead_letter, letter_count, letters),
          wire::array(types.ledger_event, ledger.count, ledger.joined),
          wire::array(types.payment_order_event, orders.count, orders.joined),
          wire::array(types.partition_progress, static_cast<std::int32_t>(progress.size()), partitions)};
}

std::vector<PartitionProgress> Batch::progress_before(std::size_t end) const {
  std::vector<PartitionProgress> progress;
  for (std::size_t i = 0; i < end; ++i) {
    const auto& record = items_[i].record;
    const auto known =
        std::find_if(progress.begin(), progress.end(), [&record](const PartitionProgress& each) {
          return each.partition == record.partition && each.topic == record.topic;
        });
    if (known == progress.end()) {
      progress.push_back(
          {std::string(record.topic), record.partition, record.offset + 1, std::nullopt, std::nullopt});
    } else {
      known->next_offset = record.offset + 1;
    }
  }
  return progress;
}

}  // namespace ingest
