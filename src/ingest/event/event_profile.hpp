#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ingest {

enum class EventKind { ledger_entry, payment_order };

/// Fields of events that a profile may speak of. (The correlation id is none: it may come in a header
/// instead.)
enum class Field : std::uint8_t {
  tx_id,
  wallet_id,
  entry_type,
  amount,
  amount_signed,
  related_id,
  related_type,
  event_time,
  source_created_at,
  order_id,
  user_id,
  merchant_name,
  status,
  created_at,
  updated_at,
  version,
  occurred_at,
  schema_version,
};
inline constexpr std::size_t kFieldCount = 18;

/// How a field is spelled, and whether it has to be there.
struct FieldRule {
  std::string name;
  std::vector<std::string> aliases;
  bool required = false;
};

/// What a profile says of one kind of event.
struct KindRules {
  std::string topic;
  std::array<FieldRule, kFieldCount> fields;  ///< those of the other kind have no name

  [[nodiscard]] const FieldRule& operator[](Field field) const {
    return fields[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] FieldRule& operator[](Field field) { return fields[static_cast<std::size_t>(field)]; }
};

/// How the events of a system are spelled (contract.md section 1).
struct EventProfile {
  std::string id;
  KindRules ledger_entry;
  KindRules payment_order;

  [[nodiscard]] const KindRules& rules(EventKind kind) const {
    return kind == EventKind::ledger_entry ? ledger_entry : payment_order;
  }
};

struct EventProfiles {
  std::map<std::string, EventProfile, std::less<>> profiles;
  std::vector<std::string> faults;  ///< each with file and line; not empty: do not start
};

/// The core of the contract: its topics and required fields, no aliases.
[[nodiscard]] EventProfile core_profile(std::string id);

/// Reads the text of a file; `file` is its name in faults. Every profile is checked, whichever is used.
[[nodiscard]] EventProfiles parse_event_profiles(const std::string& text, const std::string& file);

/// The same of a file.
[[nodiscard]] EventProfiles load_event_profiles(const std::string& file);

/// configs/event_profiles.yaml of the checkout or the installation that this program was started from: the
/// next one above its binary. Empty when there is none.
[[nodiscard]] std::string default_event_profiles_file();

}  // namespace ingest
