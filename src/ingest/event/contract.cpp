#include "ingest/event/contract.hpp"

#include <algorithm>
#include <charconv>
#include <type_traits>

#include "common/text.hpp"
#include "common/timestamp.hpp"

namespace ingest {
namespace {

constexpr std::size_t kMaxIdCharacters = 200;
constexpr std::string_view kAsciiSpace = " \t\n\v\f\r";

/// Control characters of Unicode (Cc): C0, DEL and, in UTF-8 as C2 80 to C2 9F, C1.
bool has_control_character(std::string_view text, std::string_view allowed) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 || byte == 0x7F) && allowed.find(text[i]) == std::string_view::npos) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

/// Reads the fields of one object by the rules of a profile, and gathers what is wrong with them.
class FieldReader {
 public:
  FieldReader(const KindRules& rules, const std::vector<JsonMember>& members, Decoded& decoded)
      : rules_(rules), members_(members), decoded_(decoded) {}

  std::optional<std::string_view> text(Field field) {
    return read(field, [this](std::string_view name) { return text(name); });
  }
  std::optional<std::string_view> id(Field field) {
    return read(field, [this](std::string_view name) { return id(name); });
  }
  std::optional<common::Decimal> amount(Field field) {
    return read(field, [this](std::string_view name) { return amount(name); });
  }
  std::optional<Microseconds> time(Field field) {
    return read(field, [this](std::string_view name) { return time(name); });
  }
  std::optional<std::int64_t> integer(Field field) {
    return read(field, [this](std::string_view name) { return integer(name); });
  }
  /// A field of no further use here, whose type is still part of the contract.
  void ignored_scalar(Field field) {
    static_cast<void>(read(field, [this](std::string_view name) { return scalar(name); }));
  }

  /// When it happened; other times stand in for it.
  std::optional<Microseconds> event_time(
      std::initializer_list<std::pair<Field, std::optional<Microseconds>>> others) {
    auto value = spellings(rules_[Field::event_time], [this](std::string_view name) { return time(name); });
    for (const auto& [field, time] : others) {
      if (value || !time) continue;
      decoded_.alias_hits.push_back(rules_[field].name);
      value = time;
    }
    require(rules_[Field::event_time], value.has_value());
    return value;
  }

  /// A text that no profile speaks of.
  std::optional<std::string_view> text(std::string_view name) { return plain_text(name, "\t\n"); }

  [[nodiscard]] const std::string& faults() const { return faults_; }

 private:
  template <class ReadOne>
  std::invoke_result_t<ReadOne, std::string_view> read(Field field, const ReadOne& read_one) {
    const auto& rule = rules_[field];
    auto value = spellings(rule, read_one);
    require(rule, value.has_value());
    return value;
  }

  /// One field under several names: they must agree.
  template <class ReadOne>
  std::invoke_result_t<ReadOne, std::string_view> spellings(const FieldRule& rule, const ReadOne& read_one) {
    auto value = read_one(rule.name);
    for (const auto& alias : rule.aliases) {
      const auto other = read_one(alias);
      if (!other) continue;
      if (!value) {
        decoded_.alias_hits.push_back(alias);
        value = other;
      } else if (*value != *other) {
        fault(rule.name, "differs from " + alias);
      }
    }
    return value;
  }

  void require(const FieldRule& rule, bool is_there) {
    if (rule.required && !is_there && !has_fault(rule.name)) fault(rule.name, "is missing");
  }

  std::optional<std::string_view> id(std::string_view name) {
    const auto value = plain_text(name, "");
    if (value && common::count_characters(*value) > kMaxIdCharacters)
      fault(name, "is longer than 200 characters");
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

  void fault(std::string_view name, std::string_view what) {
    faulty_.push_back(name);
    if (!faults_.empty()) faults_ += "; ";
    faults_.append(name).append(" ").append(what);
  }
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
    const auto value = common::trim(member.text, kAsciiSpace);
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

  const KindRules& rules_;
  const std::vector<JsonMember>& members_;
  Decoded& decoded_;
  std::vector<std::string_view> faulty_;
  std::string faults_;
};

LedgerEvent read_ledger_event(FieldReader& fields) {
  LedgerEvent event;
  event.tx_id = fields.id(Field::tx_id).value_or("");
  event.wallet_id = fields.id(Field::wallet_id).value_or("");
  event.entry_type = fields.text(Field::entry_type).value_or("");
  event.amount = fields.amount(Field::amount).value_or(common::Decimal{});
  event.amount_signed = fields.amount(Field::amount_signed);
  event.related_id = fields.id(Field::related_id);
  event.related_type = fields.text(Field::related_type);

  const auto source_created_at = fields.time(Field::source_created_at);
  const auto created_at = fields.time(Field::created_at);
  event.event_time =
      fields.event_time({{Field::source_created_at, source_created_at}, {Field::created_at, created_at}})
          .value_or(0);
  event.created_at = source_created_at.value_or(created_at.value_or(event.event_time));
  return event;
}

PaymentOrderEvent read_payment_order_event(FieldReader& fields) {
  PaymentOrderEvent event;
  event.order_id = fields.id(Field::order_id).value_or("");
  event.user_id = fields.id(Field::user_id);
  event.merchant_name = fields.text(Field::merchant_name);
  event.amount = fields.amount(Field::amount).value_or(common::Decimal{});
  event.status = fields.text(Field::status).value_or("");
  event.created_at = fields.time(Field::created_at).value_or(0);
  return event;
}

/// The optional fields that both kinds have.
template <class Event>
void read_metadata(FieldReader& fields, Event& event, Decoded& decoded) {
  event.updated_at = fields.time(Field::updated_at);
  event.source_version = fields.integer(Field::version);
  static_cast<void>(fields.time(Field::occurred_at));
  fields.ignored_scalar(Field::schema_version);
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

std::optional<RejectionError> rejection_error_of(std::string_view name) {
  for (const auto error : kRejectionErrors) {
    if (name_of(error) == name) return error;
  }
  return std::nullopt;
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

  FieldReader fields(profile_.rules(*kind), reader_.members(), decoded);
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
