#include "api/auth/json.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "common/text.hpp"

// A failed assertion of the library must reach the edge as an exception, not end the process.
#define RAPIDJSON_ASSERT(condition)                                     \
  do {                                                                  \
    if (!(condition)) throw std::logic_error("RapidJSON: " #condition); \
  } while (false)
#include <rapidjson/reader.h>

namespace api {
namespace {

constexpr std::size_t kMaxNumberCharacters = 20;
constexpr std::string_view kNumberCharacters = "0123456789+-.eE";

/// RapidJSON reads out of bounds for some exponents (CVE-2024-38517), so it gets none.
bool has_only_harmless_numbers(std::string_view text) {
  for (std::size_t at = 0; (at = text.find_first_of("\"-0123456789", at)) != std::string_view::npos;) {
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1U : 0U;
      ++at;
      continue;
    }
    const auto number = text.substr(at, text.find_first_not_of(kNumberCharacters, at) - at);
    if (number.size() > kMaxNumberCharacters || number.find_first_of("eE") != std::string_view::npos)
      return false;
    at += number.size();
  }
  return true;
}

/// Well-formed text can still unescape to a NUL or to a lone surrogate.
bool is_good_text(std::string_view text) {
  return text.find('\0') == std::string_view::npos && common::is_utf8(text);
}

bool has_duplicate(const Json::Object& object) {
  std::vector<std::string_view> names;
  names.reserve(object.size());
  for (const auto& member : object) names.push_back(member.name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

/// What the parser calls. Returning false stops it.
class Builder {
 public:
  Json root;

  bool Null() { return add(nullptr); }
  bool Bool(bool flag) { return add(flag); }
  bool Int(int number) { return add(std::int64_t{number}); }
  bool Uint(unsigned number) { return add(std::int64_t{number}); }
  bool Int64(std::int64_t number) { return add(number); }
  bool Uint64(std::uint64_t number) {
    return std::in_range<std::int64_t>(number) ? add(static_cast<std::int64_t>(number))
                                               : add(Json::Fraction{});
  }
  bool Double(double) { return add(Json::Fraction{}); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }  // only called with a flag
  bool String(const char* data, rapidjson::SizeType length, bool) {
    std::string text(data, length);
    return is_good_text(text) && add(std::move(text));
  }
  bool Key(const char* data, rapidjson::SizeType length, bool) {
    auto& name = std::get<Json::Object>(open_.back()->value).emplace_back().name;
    name.assign(data, length);
    return is_good_text(name);
  }
  bool StartObject() { return open(Json::Object{}); }
  bool EndObject(rapidjson::SizeType) {
    const bool duplicate = has_duplicate(std::get<Json::Object>(open_.back()->value));
    open_.pop_back();
    return !duplicate;
  }
  bool StartArray() { return open(Json::Array{}); }
  bool EndArray(rapidjson::SizeType) {
    open_.pop_back();
    return true;
  }

 private:
  /// Where the value goes that comes now.
  Json& place() {
    if (open_.empty()) return root;
    auto& parent = open_.back()->value;
    if (auto* array = std::get_if<Json::Array>(&parent)) return array->emplace_back();
    return std::get<Json::Object>(parent).back().value;
  }
  template <class Value>
  bool add(Value value) {
    place().value = std::move(value);
    return true;
  }
  template <class Container>
  bool open(Container container) {
    if (open_.size() == kMaxJsonDepth) return false;
    auto& json = place();
    json.value = std::move(container);
    open_.push_back(&json);
    return true;
  }

  std::vector<Json*> open_;  ///< stay where they are: a container does not grow while one inside it is open
};

}  // namespace

const Json* Json::find(std::string_view name) const {
  const auto* object = std::get_if<Object>(&value);
  if (object == nullptr) return nullptr;
  const auto member =
      std::find_if(object->begin(), object->end(), [&](const JsonMember& each) { return each.name == name; });
  return member == object->end() ? nullptr : &member->value;
}

std::optional<Json> parse_strict_json(std::string_view text) {
  if (!is_good_text(text) || !has_only_harmless_numbers(text)) return std::nullopt;
  const std::string terminated(text);
  rapidjson::StringStream stream(terminated.c_str());
  rapidjson::Reader reader;
  Builder builder;
  if (!reader.Parse<rapidjson::kParseIterativeFlag>(stream, builder)) return std::nullopt;
  return std::move(builder.root);
}

}  // namespace api
