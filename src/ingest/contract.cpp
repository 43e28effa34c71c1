#include "ingest/contract.hpp"

#include <algorithm>
#include <charconv>

#include "common/timestamp.hpp"

namespace ingest {
namespace {

constexpr std::size_t kMaxIdCharacters = 200;
constexpr std::string_view kAsciiSpace = " \t\n\v\f\r";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kAsciiSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kAsciiSpace) - first + 1);
}

/// Control characters of Unicode (Cc): C0, DEL and, in UTF-8 as C2 80 to C2 9F, C1.
bool has_control_character(std::string_view text, std::string_view allowed) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 || byte == 0x7F) && allowed.find(text[i]) == std::string_view::npos) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

std::size_t character_count(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Reads known fields of one object and gathers what is wrong with them.
class FieldReader {
 public:
  FieldReader(const std::vector<JsonMember>& members, Decoded& decoded)
      : members_(members), decoded_(decoded) {}

  std::optional<std::string_view> text(std::string_view name) { return plain_text(name, "\t\n"); }

  std::optional<std::string_view> id(std::string_view name) {
    const auto value = plain_text(name, "");
    if (value && character_count(*value) > kMaxIdCharacters) fault(name, "is longer than 200 characters");
    return value;
  }

  std::optional<common::Decimal> amount(std::string_view name) {
    const auto value = scalar(name);
    if (!value) return std::nullopt;
    const auto number = common::parse_decimal(*value);
    if (!number) fault(name, "is not a decimal number of at most 38 digits and 18 decimals");
    return number;
  }

  std::optional<Microseconds> time(std::string_view name) {
    const auto value = string(name);
    if (!value) return std::nullopt;
    const auto parsed = common::parse_timestamp(*value);
    if (!parsed) {
      fault(name, "is not an RFC 3339 time");
      return std::nullopt;
    }
    if (!parsed->has_offset) ++decoded_.times_without_offset;
    return parsed->unix_microseconds;
  }

  std::optional<std::int64_t> integer(std::string_view name) {
    const auto value = scalar(name);
    if (!value) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (error != std::errc() || end != value->data() + value->size()) {
      fault(name, "is not an integer of 64 bits");
      return std::nullopt;
    }
    return number;
  }

  /// A field of no further use here, whose type is still part of the contract.
  void ignored_scalar(std::string_view name) { static_cast<void>(scalar(name)); }

  /// One field under two names: they must agree.
  template <class Value>
  std::optional<Value> aliased(std::string_view name, std::optional<Value> value, std::string_view alias,
                               std::optional<Value> alias_value) {
    if (value && alias_value && *value != *alias_value)
      fault(name, std::string("differs from ") + std::string(alias));
    if (!value && alias_value) decoded_.alias_hits.push_back(alias);
    return value ? value : alias_value;
  }

  /// The first of several facts that is there.
  std::optional<Microseconds> first_of(
      std::initializer_list<std::pair<std::string_view, std::optional<Microseconds>>> times) {
    for (const auto& [name, value] : times) {
      if (!value) continue;
      if (name != times.begin()->first) decoded_.alias_hits.push_back(name);
      return value;
    }
    return std::nullopt;
  }

  template <class Value>
  Value required(std::string_view name, const std::optional<Value>& value) {
    if (!value && !has_fault(name)) fault(name, "is missing");
    return value.value_or(Value{});
  }

  void fault(std::string_view name, std::string_view what) {
    faulty_.push_back(name);
    if (!faults_.empty()) faults_ += "; ";
    faults_.append(name).append(" ").append(what);
  }
  [[nodiscard]] const std::string& faults() const { return faults_; }

 private:
  [[nodiscard]] const JsonMember* find(std::string_view name) const {
    for (const auto& member : members_) {
      if (member.name == name) return member.kind == JsonKind::null ? nullptr : &member;
    }
    return nullptr;
  }
  [[nodiscard]] bool has_fault(std::string_view name) const {
    return std::find(faulty_.begin(), faulty_.end(), name) != faulty_.end();
  }

  /// Trimmed; empty counts as missing.
  std::optional<std::string_view> trimmed(const JsonMember& member) {
    const auto value = trim(member.text);
    return value.empty() ? std::nullopt : std::optional(value);
  }
  std::optional<std::string_view> string(std::string_view name) {
    const auto* member = find(name);
    if (member == nullptr) return std::nullopt;
    if (member->kind != JsonKind::string) {
      fault(name, "is not a string");
      return std::nullopt;
    }
    return trimmed(*member);
  }
  std::optional<std::string_view> scalar(std::string_view name) {
    const auto* member = find(name);
    if (member == nullptr) return std::nullopt;
    if (member->kind != JsonKind::string && member->kind != JsonKind::number) {
      fault(name, "is neither a string nor a number");
      return std::nullopt;
    }
    return trimmed(*member);
  }
  std::optional<std::string_view> plain_text(std::string_view name, std::string_view allowed_controls) {
    const auto value = string(name);
    if (value && has_control_character(*value, allowed_controls)) fault(name, "has a control character");
    return value;
  }

  const std::vector<JsonMember>& members_;
  Decoded& decoded_;
  std::vector<std::string_view> faulty_;
  std::string faults_;
};

LedgerEvent read_ledger_event(FieldReader& fields) {
  LedgerEvent event;
  event.tx_id = fields.required("tx_id", fields.id("tx_id"));
  event.wallet_id = fields.required("wallet_id", fields.id("wallet_id"));
  event.entry_type = fields.required(
      "entry_type", fields.aliased("entry_type", fields.text("entry_type"), "type", fields.text("type")));
  event.amount = fields.required("amount", fields.amount("amount"));
  event.amount_signed = fields.amount("amount_signed");
  event.related_id = fields.id("related_id");
  event.related_type = fields.text("related_type");

  const auto event_time = fields.time("event_time");
  const auto source_created_at = fields.time("source_created_at");
  const auto created_at = fields.time("created_at");
  event.event_time = fields.required("event_time", fields.first_of({{"event_time", event_time},
                                                                    {"source_created_at", source_created_at},
                                                                    {"created_at", created_at}}));
  event.created_at = source_created_at.value_or(created_at.value_or(event.event_time));
  return event;
}

PaymentOrderEvent read_payment_order_event(FieldReader& fields) {
  PaymentOrderEvent event;
  event.order_id = fields.required("order_id", fields.id("order_id"));
  event.user_id = fields.id("user_id");
  event.merchant_name = fields.text("merchant_name");
  event.amount = fields.required("amount", fields.amount("amount"));
  event.status = fields.required("status", fields.text("status"));
  event.created_at = fields.required("created_at", fields.time("created_at"));
  return event;
}

/// The optional fields that both kinds have.
template <class Event>
void read_metadata(FieldReader& fields, Event& event, Decoded& decoded) {
  event.updated_at = fields.time("updated_at");
  event.source_version = fields.aliased("version", fields.integer("version"), "source_version",
                                        fields.integer("source_version"));
  static_cast<void>(fields.time("occurred_at"));
  fields.ignored_scalar("schema_version");
  const auto correlation_id = fields.text("correlation_id");
  const auto camel_case = fields.text("correlationId");
  decoded.correlation_id = correlation_id.value_or(camel_case.value_or(std::string_view()));
}

}  // namespace

std::string_view name_of(RejectionError error) {
  switch (error) {
    case RejectionError::parse_error:
      return "parse_error";
    case RejectionError::contract_core_violation:
      return "contract_core_violation";
    case RejectionError::unsupported_topic:
      return "unsupported_topic";
    case RejectionError::internal_error:
      return "internal_error";
  }
  return "internal_error";
}

std::optional<EventKind> kind_of(std::string_view topic, std::string_view ledger_topic,
                                 std::string_view payment_order_topic) {
  if (topic == ledger_topic) return EventKind::ledger_entry;
  if (topic == payment_order_topic) return EventKind::payment_order;
  return std::nullopt;
}

Decoded Decoder::decode(std::optional<EventKind> kind, std::optional<std::string_view> payload) {
  Decoded decoded;
  const auto reject = [&decoded](RejectionError error, std::string detail) {
    decoded.event = Rejection{error, std::move(detail)};
  };
  if (!kind) {
    reject(RejectionError::unsupported_topic, "topic is not configured");
    return decoded;
  }
  if (!payload) {
    reject(RejectionError::parse_error, "payload is null");
    return decoded;
  }
  if (payload->size() > limits_.event_max_bytes) {
    reject(RejectionError::parse_error,
           "payload is larger than " + std::to_string(limits_.event_max_bytes) + " bytes");
    return decoded;
  }
  if (auto error = reader_.read(*payload); !error.empty()) {
    reject(RejectionError::parse_error, std::move(error));
    return decoded;
  }

  FieldReader fields(reader_.members(), decoded);
  if (*kind == EventKind::ledger_entry) {
    auto event = read_ledger_event(fields);
    read_metadata(fields, event, decoded);
    decoded.event = event;
  } else {
    auto event = read_payment_order_event(fields);
    read_metadata(fields, event, decoded);
    decoded.event = event;
  }
  if (!fields.faults().empty()) reject(RejectionError::contract_core_violation, fields.faults());
  return decoded;
}

}  // namespace ingest
