#include "api/query.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "common/text.hpp"
#include "common/timestamp.hpp"

namespace api {
namespace {

struct Item {
  std::string_view key;
  std::string_view value;
  bool has_value;
};

std::vector<Item> split(std::string_view query) {
  std::vector<Item> items;
  while (!query.empty()) {
    const auto item = query.substr(0, query.find('&'));
    const auto equals = std::min(item.find('='), item.size());
    const auto value = item.substr(std::min(equals + 1, item.size()));
    if (!item.empty()) items.push_back({item.substr(0, equals), value, equals < item.size()});
    query.remove_prefix(std::min(item.size() + 1, query.size()));
  }
  return items;
}

/// The one value of a key; several or an undecodable one are faults.
std::optional<std::string> only_value(const std::vector<Item>& items, std::string_view key,
                                      std::vector<std::string>& faults) {
  std::optional<std::string> found;
  for (const auto& item : items) {
    if (common::percent_decode(item.key) != key) continue;
    auto value = common::percent_decode(item.value);
    if (found || !value) {
      faults.push_back(std::string(key) + (found ? ": must be given once" : ": bad percent-encoding"));
      return std::nullopt;
    }
    found = std::move(value);
  }
  return found;
}

/// The whole text as a number, or nothing.
std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

/// `90`, `90s`, `15m`, `2h`, `7d` in seconds, at most ten years.
std::optional<std::int64_t> seconds(std::string_view text) {
  constexpr std::int64_t kMaxSeconds = 315'360'000;
  std::int64_t unit = 1;
  const auto suffix = text.empty() ? '\0' : text.back();
  if (suffix == 's' || suffix == 'm' || suffix == 'h' || suffix == 'd') {
    unit = suffix == 's' ? 1 : suffix == 'm' ? 60 : suffix == 'h' ? 3600 : 86400;
    text.remove_suffix(1);
  }
  const auto value = number(text);
  if (!value || *value < 0 || *value > kMaxSeconds / unit) return std::nullopt;
  return *value * unit;
}

/// Why the text can't be this filter, or nothing.
std::string fault_of_text(const Parameter& parameter, std::string_view text) {
  if (text.empty() || !common::is_utf8(text) || common::has_control_characters(text) ||
      common::count_characters(text) > kMaxFilterCharacters)
    return "must be 1 to 200 characters of UTF-8 without control characters";
  if (parameter.choices.empty()) return {};
  if (std::find(parameter.choices.begin(), parameter.choices.end(), text) != parameter.choices.end())
    return {};
  std::string choices;
  for (const auto choice : parameter.choices) choices.append(choices.empty() ? "" : " or ").append(choice);
  return "must be " + choices;
}

/// Puts a value where it belongs; returns why it can't be one, or nothing.
std::string put(const Parameter& parameter, std::string value, Query& query) {
  switch (parameter.kind) {
    case ParameterKind::time: {
      const auto time = common::parse_timestamp(value);
      if (!time) return "must be a time like 2026-02-05T01:00:00Z";
      (parameter.name == "from" ? query.from : query.to) = time->unix_microseconds;
      return {};
    }
    case ParameterKind::limit: {
      const auto limit = number(value);
      if (!limit || *limit < 1 || *limit > kMaxLimit) return "must be a whole number from 1 to 100";
      query.limit = static_cast<int>(*limit);
      return {};
    }
    case ParameterKind::cursor:
      if (!common::is_visible_ascii(value, kMaxCursorBytes)) return "must be a next_cursor of this list";
      query.cursor = std::move(value);
      return {};
    case ParameterKind::duration: {
      const auto duration = seconds(value);
      if (!duration) return "must be a duration like 90s, 15m, 2h or 7d";
      query.filters.emplace_back(parameter.name, std::to_string(*duration));
      return {};
    }
    case ParameterKind::text:
      if (auto fault = fault_of_text(parameter, value); !fault.empty()) return fault;
      query.filters.emplace_back(parameter.name, std::move(value));
      return {};
  }
  return "is of no known kind";
}

}  // namespace

Query parse_query(std::string_view query, std::span<const Parameter> parameters) {
  Query result;
  if (parameters.empty()) return result;
  const auto items = split(query);
  for (const auto& parameter : parameters) {
    const auto faults = result.faults.size();
    auto value = only_value(items, parameter.name, result.faults);
    if (!value) {
      if (parameter.is_required && result.faults.size() == faults)
        result.faults.push_back(std::string(parameter.name) + ": is required");
      continue;
    }
    if (const auto fault = put(parameter, std::move(*value), result); !fault.empty())
      result.faults.push_back(std::string(parameter.name) + ": " + fault);
  }
  if (result.from && result.to && *result.from > *result.to)
    result.faults.emplace_back("from: must not be later than to");
  return result;
}

std::string mask_query(std::string_view query, const std::vector<std::string>& keys) {
  std::string masked;
  for (const auto& [key, value, has_value] : split(query)) {
    const auto decoded = common::percent_decode(key);
    // A key that can't be read could be any, so its value is masked too.
    const bool secret = !decoded || std::any_of(keys.begin(), keys.end(), [&](const std::string& name) {
      return common::iequals(name, *decoded);
    });
    if (!masked.empty()) masked += '&';
    masked += key;
    if (has_value) masked.append("=").append(secret ? "***" : value);
  }
  return common::repair_utf8(masked);
}

}  // namespace api
