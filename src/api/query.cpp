#include "api/query.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "common/text.hpp"
#include "common/timestamp.hpp"

namespace api {
namespace {

struct Parameter {
  std::string_view key;
  std::string_view value;
  bool has_value;
};

std::vector<Parameter> split(std::string_view query) {
  std::vector<Parameter> parameters;
  while (!query.empty()) {
    const auto item = query.substr(0, query.find('&'));
    const auto equals = std::min(item.find('='), item.size());
    const auto value = item.substr(std::min(equals + 1, item.size()));
    if (!item.empty()) parameters.push_back({item.substr(0, equals), value, equals < item.size()});
    query.remove_prefix(std::min(item.size() + 1, query.size()));
  }
  return parameters;
}

/// The one value of a key; several or an undecodable one are faults.
std::optional<std::string> only_value(const std::vector<Parameter>& parameters, std::string_view key,
                                      std::vector<std::string>& faults) {
  std::optional<std::string> found;
  for (const auto& parameter : parameters) {
    if (common::percent_decode(parameter.key) != key) continue;
    auto value = common::percent_decode(parameter.value);
    if (found || !value) {
      faults.push_back(std::string(key) + (found ? ": must be given once" : ": bad percent-encoding"));
      return std::nullopt;
    }
    found = std::move(value);
  }
  return found;
}

std::optional<std::int64_t> time_value(const std::vector<Parameter>& parameters, std::string_view key,
                                       std::vector<std::string>& faults) {
  const auto text = only_value(parameters, key, faults);
  if (!text) return std::nullopt;
  const auto time = common::parse_timestamp(*text);
  if (!time) {
    faults.push_back(std::string(key) + ": must be a time like 2026-02-05T01:00:00Z");
    return std::nullopt;
  }
  return time->unix_microseconds;
}

int limit_value(const std::vector<Parameter>& parameters, std::vector<std::string>& faults) {
  const auto text = only_value(parameters, "limit", faults);
  if (!text) return kDefaultLimit;
  int limit = 0;
  const auto* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, limit);
  if (error != std::errc{} || stop != end || limit < 1 || limit > kMaxLimit) {
    faults.emplace_back("limit: must be a whole number from 1 to 100");
  }
  return limit;
}

}  // namespace

WalletQuery parse_wallet_query(std::string_view query) {
  WalletQuery result;
  const auto parameters = split(query);
  result.from = time_value(parameters, "from", result.faults);
  result.to = time_value(parameters, "to", result.faults);
  result.limit = limit_value(parameters, result.faults);
  if (result.from && result.to && *result.from > *result.to) {
    result.faults.emplace_back("from: must not be later than to");
  }
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
