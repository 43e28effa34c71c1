// Payload bytes to events: nothing is thrown, the same bytes always say the same, and what is accepted keeps
// the bounds that the database relies on.
#include <sstream>

#include "common/text.hpp"
#include "fuzz/require.hpp"
#include "ingest/event/contract.hpp"
#include "ingest/event/event_profile.hpp"

namespace {

using namespace ingest;

constexpr ContractLimits kLimits{.event_max_bytes = 4096};

const EventProfile& profile() {
  static const auto canonical =
      load_event_profiles(default_event_profiles_file()).profiles.at("canonical-v1");
  return canonical;
}

void check_text(std::string_view text) {
  require(!text.empty(), "a text that is there is not empty");
  require(common::is_utf8(text), "texts are UTF-8");
  require(text.find('\0') == std::string_view::npos, "texts have no NUL");
}

void check_amount(const common::Decimal& amount) {
  require(amount.text().size() <= 39, "an amount has at most 38 digits and a sign");
}

class Description {
 public:
  void add(std::string_view text) {
    check_text(text);
    text_ << '"' << text << "\" ";
  }
  void add(const common::Decimal& amount) {
    check_amount(amount);
    text_ << amount.text() << 'e' << amount.scale << ' ';
  }
  void add(std::int64_t number) { text_ << number << ' '; }
  template <class Value>
  void add(const std::optional<Value>& value) {
    value ? add(*value) : void(text_ << "null ");
  }
  template <class... Values>
  std::string of(const Values&... values) {
    (add(values), ...);
    return text_.str();
  }

 private:
  std::ostringstream text_;
};

std::string describe(const Rejection& rejection) {
  check_text(rejection.detail);
  return Description().of(name_of(rejection.error), std::string_view(rejection.detail));
}

std::string describe(const LedgerEvent& event) {
  return Description().of(event.tx_id, event.wallet_id, event.entry_type, event.amount, event.amount_signed,
                          event.related_id, event.related_type, event.event_time, event.created_at,
                          event.updated_at, event.source_version);
}

std::string describe(const PaymentOrderEvent& event) {
  return Description().of(event.order_id, event.user_id, event.merchant_name, event.amount, event.status,
                          event.created_at, event.updated_at, event.source_version);
}

std::string describe(const Decoded& decoded) {
  require(common::is_utf8(decoded.correlation_id), "the correlation id is UTF-8");
  return std::visit([](const auto& event) { return describe(event); }, decoded.event) +
         std::to_string(decoded.alias_hits.size()) + " " + std::to_string(decoded.times_without_offset) +
         " " + decoded.correlation_id;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Decoder used_before(profile(), kLimits);
  const std::string_view payload(reinterpret_cast<const char*>(data), size);
  for (const auto kind : {EventKind::ledger_entry, EventKind::payment_order}) {
    Decoder fresh(profile(), kLimits);
    const auto first = describe(fresh.decode(kind, payload));
    require(first == describe(used_before.decode(kind, payload)), "the same bytes are the same event");
    const auto& event = used_before.decode(kind, payload).event;
    require(size <= kLimits.event_max_bytes || std::holds_alternative<Rejection>(event),
            "a payload that is too large is refused");
  }
  return 0;
}
