#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// JSON lines, one object an entry. Any thread.
namespace common::log {

enum class Level { debug, info, warn, error };

/// A key and a value of an entry. Refers to the caller's text, so it lives no longer than the call.
struct Field {
  using Value = std::variant<std::string_view, std::int64_t, double, bool>;

  Field(std::string_view name, std::string_view text) : key(name), value(text) {}
  Field(std::string_view name, const std::string& text) : key(name), value(std::string_view(text)) {}
  Field(std::string_view name, const char* text) : key(name), value(std::string_view(text)) {}
  Field(std::string_view name, bool flag) : key(name), value(flag) {}
  Field(std::string_view name, std::floating_point auto number)
      : key(name), value(static_cast<double>(number)) {}
  Field(std::string_view name, std::integral auto number)
      : key(name), value(static_cast<std::int64_t>(number)) {}

  std::string_view key;
  Value value;
};
using Fields = std::initializer_list<Field>;

/// Values that LOG_LEVEL may have.
inline const std::vector<std::string_view> kLevels = {"debug", "info", "warn", "error"};

/// Where entries go: to standard error where standard output has the results of a command.
enum class Output { standard_output, standard_error };

/// To be called once, before other threads start. `level` is one of kLevels.
void setup(std::string_view service, std::string_view level, Output output = Output::standard_output);

[[nodiscard]] bool enabled(Level level);
void write(Level level, std::string_view message, Fields fields = {});

inline void debug(std::string_view message, Fields fields = {}) {
  write(Level::debug, message, fields);
}
inline void info(std::string_view message, Fields fields = {}) {
  write(Level::info, message, fields);
}
inline void warn(std::string_view message, Fields fields = {}) {
  write(Level::warn, message, fields);
}
inline void error(std::string_view message, Fields fields = {}) {
  write(Level::error, message, fields);
}

/// The line that write() would print, without its newline: for tests.
[[nodiscard]] std::string render(std::string_view timestamp, std::string_view service, Level level,
                                 std::string_view message, Fields fields);

}  // namespace common::log
