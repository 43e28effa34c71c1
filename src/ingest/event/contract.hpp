#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ingest/event/event.hpp"
#include "ingest/event/event_profile.hpp"
#include "ingest/event/json_object.hpp"

namespace ingest {

/// What the records of `topic` are; nothing for a topic that is not ours.
[[nodiscard]] std::optional<EventKind> kind_of(std::string_view topic, std::string_view ledger_topic,
                                               std::string_view payment_order_topic);

struct ContractLimits {
  std::size_t event_max_bytes = 1'048'576;  ///< a larger payload is a parse_error
};

struct Decoded {
  std::variant<Rejection, LedgerEvent, PaymentOrderEvent> event;
  std::vector<std::string_view> alias_hits;  ///< aliases whose value was taken
  int times_without_offset = 0;              ///< read as UTC
  std::string correlation_id;                ///< of the payload; empty without one
};

/// The contract of events (contract.md section 1): payload bytes to an event or to what is wrong with them.
/// Pure: no clock, no network. Keeps its buffers; one thread at a time.
class Decoder {
 public:
  Decoder(EventProfile profile, ContractLimits limits) : profile_(std::move(profile)), limits_(limits) {}

  /// `kind` is nothing for a topic that is not ours; `payload` is nothing for a record without one. The
  /// result has views into this decoder, good until the next decode().
  [[nodiscard]] Decoded decode(std::optional<EventKind> kind, std::optional<std::string_view> payload);

 private:
  EventProfile profile_;
  ContractLimits limits_;
  JsonObjectReader reader_;
};

}  // namespace ingest
