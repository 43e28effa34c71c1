#include "ingest/event/event_profile.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

namespace ingest {
namespace {

struct KnownField {
  Field field;
  std::string_view name;
  bool is_core = false;  ///< required by the contract, so that no profile can make it optional
};

constexpr KnownField kLedgerFields[] = {
    {Field::tx_id, "tx_id", true},
    {Field::wallet_id, "wallet_id", true},
    {Field::entry_type, "entry_type", true},
    {Field::amount, "amount", true},
    {Field::amount_signed, "amount_signed"},
    {Field::related_id, "related_id"},
    {Field::related_type, "related_type"},
    {Field::event_time, "event_time", true},
    {Field::source_created_at, "source_created_at"},
    {Field::created_at, "created_at"},
    {Field::updated_at, "updated_at"},
    {Field::version, "version"},
    {Field::occurred_at, "occurred_at"},
    {Field::schema_version, "schema_version"},
};
constexpr KnownField kPaymentOrderFields[] = {
    {Field::order_id, "order_id", true},     {Field::user_id, "user_id"},
    {Field::merchant_name, "merchant_name"}, {Field::amount, "amount", true},
    {Field::status, "status", true},         {Field::created_at, "created_at", true},
    {Field::updated_at, "updated_at"},       {Field::version, "version"},
    {Field::occurred_at, "occurred_at"},     {Field::schema_version, "schema_version"},
};
/// Names that have a meaning of their own, so that they are no alias of another field.
constexpr std::string_view kReserved[] = {"correlation_id", "correlationId"};

using KnownFields = std::span<const KnownField>;

const KnownField* find_field(KnownFields fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const auto& known) { return known.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

KindRules core_rules(KnownFields fields, std::string topic) {
  KindRules rules;
  rules.topic = std::move(topic);
  for (const auto& known : fields) rules[known.field] = {std::string(known.name), {}, known.is_core};
  return rules;
}

/// Reads a document and gathers what is wrong with it.
class ProfileReader {
 public:
  explicit ProfileReader(std::string file) : file_(std::move(file)) {}

  void read(const YAML::Node& root) {
    each(root, "the file", [&](const std::string& id, const YAML::Node& key, const YAML::Node& value) {
      result_.profiles.emplace(id, read_profile(id, key, value));
    });
    if (result_.profiles.empty() && result_.faults.empty()) fault({}, {"has no profile"});
  }

  void fault(const YAML::Mark& mark, std::initializer_list<std::string_view> words) {
    auto text = file_ + ":" + std::to_string(std::max(mark.line, 0) + 1) + ": ";
    for (const auto word : words) text += word;
    result_.faults.push_back(std::move(text));
  }
  [[nodiscard]] EventProfiles take() { return std::move(result_); }

 private:
  using Visit = std::function<void(const std::string& name, const YAML::Node& key, const YAML::Node& value)>;

  EventProfile read_profile(const std::string& id, const YAML::Node& at, const YAML::Node& node) {
    auto profile = core_profile(id);
    each(node, id, [&](const std::string& name, const YAML::Node& key, const YAML::Node& value) {
      if (name == "ledger_entry") {
        read_rules(kLedgerFields, value, name, profile.ledger_entry);
      } else if (name == "payment_order") {
        read_rules(kPaymentOrderFields, value, name, profile.payment_order);
      } else {
        fault(key.Mark(), {"unknown key '", name, "' of ", id});
      }
    });
    if (profile.ledger_entry.topic == profile.payment_order.topic)
      fault(at.Mark(), {id, " has one topic for both kinds of events: '", profile.ledger_entry.topic, "'"});
    return profile;
  }

  void read_rules(KnownFields fields, const YAML::Node& node, const std::string& kind, KindRules& rules) {
    each(node, kind, [&](const std::string& name, const YAML::Node& key, const YAML::Node& value) {
      if (name == "topic") {
        if (auto topic = text(value, "topic")) rules.topic = *std::move(topic);
      } else if (name == "required") {
        read_required(fields, key, value, rules);
      } else if (name == "aliases") {
        read_aliases(fields, value, rules);
      } else {
        fault(key.Mark(), {"unknown key '", name, "' of ", kind});
      }
    });
  }

  void read_required(KnownFields fields, const YAML::Node& key, const YAML::Node& node, KindRules& rules) {
    std::set<std::string> listed;
    for (const auto& item : list(node, "required")) {
      const auto name = text(item, "a required field");
      if (!name) continue;
      const auto* known = find_field(fields, *name);
      if (known == nullptr) {
        fault(item.Mark(), {"unknown field '", *name, "'"});
      } else if (!listed.insert(*name).second) {
        fault(item.Mark(), {"duplicate field '", *name, "'"});
      } else {
        rules[known->field].required = true;
      }
    }
    for (const auto& known : fields) {
      if (known.is_core && !listed.contains(std::string(known.name)))
        fault(key.Mark(), {"'", known.name, "' is missing: the contract requires it"});
    }
  }

  void read_aliases(KnownFields fields, const YAML::Node& node, KindRules& rules) {
    std::set<std::string> spellings;
    each(node, "aliases", [&](const std::string& name, const YAML::Node& key, const YAML::Node& value) {
      const auto* known = find_field(fields, name);
      if (known == nullptr) fault(key.Mark(), {"unknown field '", name, "'"});
      for (const auto& item : list(value, "the aliases of " + name)) {
        auto alias = text(item, "an alias");
        if (!alias) continue;
        if (find_field(fields, *alias) != nullptr ||
            std::find(std::begin(kReserved), std::end(kReserved), *alias) != std::end(kReserved)) {
          fault(item.Mark(), {"alias '", *alias, "' is a field itself"});
        } else if (!spellings.insert(*alias).second) {
          fault(item.Mark(), {"duplicate alias '", *alias, "'"});
        } else if (known != nullptr) {
          rules[known->field].aliases.push_back(*std::move(alias));
        }
      }
    });
  }

  /// Each entry of a map once.
  void each(const YAML::Node& node, const std::string& what, const Visit& visit) {
    if (!node.IsMap()) {
      fault(node.Mark(), {what, " must be a map"});
      return;
    }
    std::set<std::string> names;  // yaml-cpp keeps duplicates
    for (const auto& entry : node) {
      const auto name = text(entry.first, "a key");
      if (!name) continue;
      if (names.insert(*name).second) {
        visit(*name, entry.first, entry.second);
      } else {
        fault(entry.first.Mark(), {"duplicate key '", *name, "'"});
      }
    }
  }

  std::vector<YAML::Node> list(const YAML::Node& node, const std::string& what) {
    if (node.IsSequence()) return {node.begin(), node.end()};
    fault(node.Mark(), {what, " must be a list"});
    return {};
  }

  std::optional<std::string> text(const YAML::Node& node, const std::string& what) {
    if (node.IsScalar() && !node.Scalar().empty()) return node.Scalar();
    fault(node.Mark(), {what, " must be a text"});
    return std::nullopt;
  }

  std::string file_;
  EventProfiles result_;
};

}  // namespace

EventProfile core_profile(std::string id) {
  return {std::move(id), core_rules(kLedgerFields, "ledger.entry.upserted"),
          core_rules(kPaymentOrderFields, "payment.order.upserted")};
}

EventProfiles parse_event_profiles(const std::string& text, const std::string& file) {
  ProfileReader reader(file);
  try {
    const auto documents = YAML::LoadAll(text);
    if (documents.size() == 1) {
      reader.read(documents.front());
    } else {
      reader.fault({}, {"must be one YAML document"});
    }
  } catch (const YAML::Exception& error) {
    reader.fault(error.mark, {error.msg});
  }
  return reader.take();
}

EventProfiles load_event_profiles(const std::string& file) {
  const std::ifstream stream(file);
  std::ostringstream text;
  if (!stream || !(text << stream.rdbuf())) return {{}, {file + ": can't be read, or is empty"}};
  return parse_event_profiles(text.str(), file);
}

std::string default_event_profiles_file() {
  namespace fs = std::filesystem;
  std::error_code error;  // what can't be looked at is not there
  auto folder = fs::read_symlink("/proc/self/exe", error);
  while (folder.has_relative_path()) {
    folder = folder.parent_path();
    for (const auto* place :
         {"configs/event_profiles.yaml", "share/tx-lookup-service/configs/event_profiles.yaml"}) {
      if (fs::is_regular_file(folder / place, error)) return folder / place;
    }
  }
  return {};
}

}  // namespace ingest
