#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace common {

/// Names and values of environment variables. Tests inject their own.
using Environment = std::map<std::string, std::string, std::less<>>;

/// A copy of the environment of this process.
[[nodiscard]] Environment process_environment();

/// The start is refused; what() lists every fault, one a line.
class ConfigError : public std::runtime_error {
 public:
  explicit ConfigError(std::vector<std::string> faults);
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

 private:
  std::vector<std::string> faults_;
};

/// The URL without its password, fit for a log.
[[nodiscard]] std::string mask_url(std::string_view url);

/// Typed reads of settings. A faulty one is remembered and answered by its default, so that finish() can name
/// all faults at once. An empty variable counts as unset. Not for concurrent use.
class ConfigReader {
 public:
  explicit ConfigReader(Environment environment) : environment_(std::move(environment)) {}

  [[nodiscard]] std::string text(std::string_view name, std::string_view fallback);
  [[nodiscard]] std::string required_text(std::string_view name);
  /// Never shown, not even in part.
  [[nodiscard]] std::string secret(std::string_view name);
  /// Required libpq URI; `postgresql+psycopg://` is read as `postgresql://`. Its password is masked.
  [[nodiscard]] std::string database_url(std::string_view name);
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t fallback, std::int64_t min,
                                     std::int64_t max);
  [[nodiscard]] std::uint16_t port(std::string_view name, std::uint16_t fallback);
  [[nodiscard]] std::chrono::milliseconds milliseconds(std::string_view name,
                                                       std::chrono::milliseconds fallback,
                                                       std::chrono::milliseconds min,
                                                       std::chrono::milliseconds max);
  [[nodiscard]] std::chrono::seconds seconds(std::string_view name, std::chrono::seconds fallback,
                                             std::chrono::seconds min, std::chrono::seconds max);
  [[nodiscard]] std::string choice(std::string_view name, std::string_view fallback,
                                   const std::vector<std::string_view>& allowed);
  /// Comma separated; white space around the items and empty items are dropped.
  [[nodiscard]] std::vector<std::string> list(std::string_view name, std::string_view fallback);

  template <class Enum>
  requires std::is_enum_v<Enum>
  [[nodiscard]] Enum choice(std::string_view name, Enum fallback,
                            std::initializer_list<std::pair<std::string_view, Enum>> allowed);

  /// A setting of the contract whose other values are not served yet must not be ignored silently: refuses
  /// any value but `served`, saying `reason`. With an empty `served`, refuses the setting altogether.
  void refuse_unless(std::string_view name, std::initializer_list<std::string_view> served,
                     std::string_view reason);

  [[nodiscard]] bool is_set(std::string_view name) const { return find(name).has_value(); }

  /// Remembers a fault that a caller found, e.g. between two settings.
  void fault(std::string text) { faults_.push_back(std::move(text)); }
  /// Throws ConfigError when anything was faulty.
  void finish() const;
  /// What was read, in order, defaults included and secrets masked; for the start-up log.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& resolved() const { return resolved_; }

 private:
  [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
  void note(std::string_view name, std::string_view shown) { resolved_.emplace_back(name, shown); }

  Environment environment_;
  std::vector<std::string> faults_;
  std::vector<std::pair<std::string, std::string>> resolved_;
};

/// "a, b or c" for messages.
[[nodiscard]] std::string one_of(const std::vector<std::string_view>& values);

/// Settings that ask for traces are refused by both programs: nothing exports them yet.
void refuse_tracing(ConfigReader& reader);

template <class Enum>
requires std::is_enum_v<Enum> Enum ConfigReader::choice(
    std::string_view name, Enum fallback, std::initializer_list<std::pair<std::string_view, Enum>> allowed) {
  std::string_view shown;
  std::vector<std::string_view> names;
  for (const auto& [text, value] : allowed) {
    names.push_back(text);
    if (value == fallback) shown = text;
  }
  const auto given = find(name);
  for (const auto& [text, value] : allowed) {
    if (text != given.value_or(std::string(shown))) continue;
    note(name, text);
    return value;
  }
  fault(std::string(name) + ": must be " + one_of(names));
  return fallback;
}

}  // namespace common
