#include "common/config.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "common/database.hpp"
#include "common/text.hpp"

namespace common {
namespace {

constexpr std::string_view kMask = "***";

std::string join_lines(const std::vector<std::string>& faults) {
  std::string text = "configuration refused:";
  for (const auto& fault : faults) text += "\n  " + fault;
  return text;
}

}  // namespace

Environment process_environment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view line = *entry;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    environment.emplace(line.substr(0, equals), line.substr(equals + 1));
  }
  return environment;
}

ConfigError::ConfigError(std::vector<std::string> faults)
    : std::runtime_error(join_lines(faults)), faults_(std::move(faults)) {}

std::string one_of(const std::vector<std::string_view>& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text += i + 1 == values.size() ? " or " : ", ";
    text += values[i];
  }
  return text;
}

std::string mask_url(std::string_view url) {
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::string(kMask);
  const auto authority = scheme_end + 3;
  std::string masked(url);
  // The last '@': a password may hold one by mistake, and too much masked is better than too little.
  const auto at = masked.rfind('@');
  const auto colon = masked.find(':', authority);
  if (at != std::string::npos && colon != std::string::npos && colon < at) {
    masked.replace(colon + 1, at - colon - 1, kMask);
  }
  for (auto pass = masked.find("pass"); pass != std::string::npos; pass = masked.find("pass", pass + 1)) {
    const auto equals = masked.find_first_of("=&", pass);
    if (equals == std::string::npos || masked[equals] == '&') continue;
    const auto end = std::min(masked.find('&', equals), masked.size());
    masked.replace(equals + 1, end - equals - 1, kMask);
  }
  return masked;
}

std::optional<std::string> ConfigReader::find(std::string_view name) const {
  const auto found = environment_.find(name);
  if (found == environment_.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

std::string ConfigReader::text(std::string_view name, std::string_view fallback) {
  auto value = find(name).value_or(std::string(fallback));
  note(name, value);
  return value;
}

std::string ConfigReader::required_text(std::string_view name) {
  auto value = find(name);
  if (!value) fault(std::string(name) + ": is required");
  note(name, value.value_or(""));
  return value.value_or("");
}

std::string ConfigReader::secret(std::string_view name) {
  auto value = find(name);
  note(name, value ? kMask : std::string_view{});
  return value.value_or("");
}

std::string ConfigReader::database_url(std::string_view name) {
  constexpr std::string_view kPython = "postgresql+psycopg://";
  auto url = find(name).value_or("");
  if (url.starts_with(kPython)) url.replace(0, kPython.size(), "postgresql://");
  if (url.empty()) {
    fault(std::string(name) + ": is required");
  } else if (!is_connection_uri(url)) {
    fault(std::string(name) +
          ": must be a URI that starts with postgresql://, with percent-encoding in user and password");
  }
  note(name, url.empty() ? "" : mask_url(url));
  return url;
}

std::int64_t ConfigReader::integer(std::string_view name, std::int64_t fallback, std::int64_t min,
                                   std::int64_t max) {
  auto value = fallback;
  if (const auto given = find(name)) {
    const auto* end = given->data() + given->size();
    const auto [stop, error] = std::from_chars(given->data(), end, value);
    if (error != std::errc{} || stop != end || value < min || value > max) {
      fault(std::string(name) + ": must be a whole number from " + std::to_string(min) + " to " +
            std::to_string(max));
      value = fallback;
    }
  }
  note(name, std::to_string(value));
  return value;
}

std::uint16_t ConfigReader::port(std::string_view name, std::uint16_t fallback) {
  // 0 asks the system for a free port.
  return static_cast<std::uint16_t>(integer(name, fallback, 0, std::numeric_limits<std::uint16_t>::max()));
}

std::chrono::milliseconds ConfigReader::milliseconds(std::string_view name,
                                                     std::chrono::milliseconds fallback,
                                                     std::chrono::milliseconds min,
                                                     std::chrono::milliseconds max) {
  return std::chrono::milliseconds(integer(name, fallback.count(), min.count(), max.count()));
}

std::chrono::seconds ConfigReader::seconds(std::string_view name, std::chrono::seconds fallback,
                                           std::chrono::seconds min, std::chrono::seconds max) {
  return std::chrono::seconds(integer(name, fallback.count(), min.count(), max.count()));
}

std::string ConfigReader::choice(std::string_view name, std::string_view fallback,
                                 const std::vector<std::string_view>& allowed) {
  auto value = find(name).value_or(std::string(fallback));
  if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
    fault(std::string(name) + ": must be " + one_of(allowed));
    value = fallback;
  }
  note(name, value);
  return value;
}

std::vector<std::string> ConfigReader::list(std::string_view name, std::string_view fallback) {
  const auto value = find(name).value_or(std::string(fallback));
  note(name, value);
  std::vector<std::string> items;
  for (std::string_view rest = value; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    if (const auto item = trim(rest.substr(0, comma), " \t\r\n"); !item.empty()) items.emplace_back(item);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return items;
}

void ConfigReader::refuse_unless(std::string_view name, std::initializer_list<std::string_view> served,
                                 std::string_view reason) {
  const auto value = find(name);
  if (!value || std::find(served.begin(), served.end(), *value) != served.end()) return;
  auto text = std::string(name) + ": ";
  // Without served values the given one may be a secret, so it is not repeated.
  text += served.size() == 0 ? std::string("is not served yet")
                             : *value + " is not served yet, only " + one_of(served);
  fault(text + " (" + std::string(reason) + ")");
}

void ConfigReader::finish() const {
  if (!faults_.empty()) throw ConfigError(faults_);
}

void refuse_tracing(ConfigReader& reader) {
  for (const auto* name : {"APPLICATIONINSIGHTS_CONNECTION_STRING", "OTEL_EXPORTER_OTLP_ENDPOINT",
                           "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"}) {
    reader.refuse_unless(name, {}, "traces would be lost");
  }
}

}  // namespace common
