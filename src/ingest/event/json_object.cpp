#include "ingest/event/json_object.hpp"

#include <algorithm>
#include <stdexcept>

#include "common/decimal.hpp"
#include "common/text.hpp"

// A failed assertion of the library must reach the edge as an exception, not end the process.
#define RAPIDJSON_ASSERT(condition)                                     \
  do {                                                                  \
    if (!(condition)) throw std::logic_error("RapidJSON: " #condition); \
  } while (false)
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

namespace ingest {
namespace {

/// RapidJSON computes every number, also those it hands out as text: beyond these lengths it overflows or
/// refuses.
constexpr std::size_t kHarmlessNumberLength = 15;

bool starts_number(char c) {
  return c == '-' || (c >= '0' && c <= '9');
}

bool is_number_character(char c) {
  return starts_number(c) || c == '+' || c == '.' || c == 'E' || c == 'e';
}

/// Of the first such character from `begin` on, else the end. (find_first_of() calls memchr() for each
/// character.)
template <typename Predicate>
std::size_t position_of(std::string_view text, std::size_t begin, Predicate is_wanted) {
  const auto from = std::min(begin, text.size());
  return static_cast<std::size_t>(
      std::find_if(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), is_wanted) - text.begin());
}

/// Behind the string that begins with the quote at `begin`, or behind the text when the string has no end.
std::size_t end_of_string(std::string_view text, std::size_t begin) {
  auto at = begin + 1;
  for (;;) {
    at = position_of(text, at, [](char c) { return c == '"' || c == '\\'; });
    if (at >= text.size()) return text.size();
    if (text[at] == '"') return at + 1;
    at += 2;
  }
}

/// Lone low surrogates are the one way in which well-formed text unescapes to this form.
bool has_surrogate(std::string_view text) {
  for (auto at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return true;
  }
  return false;
}

bool has_duplicate(std::vector<std::string_view>& keys, std::size_t first) {
  const auto begin = keys.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, keys.end(), [](std::string_view left, std::string_view right) {
    return left.size() != right.size() ? left.size() < right.size() : left < right;
  });
  return std::adjacent_find(begin, keys.end()) != keys.end();
}

}  // namespace

/// Collects the members of level 1 and checks all levels. Returning false stops the parser.
struct JsonObjectReader::Handler {
  explicit Handler(JsonObjectReader& owner) : reader(owner) {}

  JsonObjectReader& reader;
  std::string_view name;  ///< of the member whose value comes next, at level 1
  int depth = 0;
  std::vector<std::string_view> keys;   ///< of all open objects
  std::vector<std::size_t> first_keys;  ///< of each open object, its first in `keys`
  std::string error;
  rapidjson::Reader parser;

  void reset() {
    depth = 0;
    keys.clear();
    first_keys.clear();
    error.clear();
  }
  bool fail(std::string_view why) {
    error = why;
    return false;
  }
  bool value(JsonKind kind, std::string_view text = {}) {
    if (depth == 0) return fail("not a JSON object");
    if (depth == 1) reader.members_.push_back({name, kind, text});
    return true;
  }
  bool text(std::string_view text) {
    if (!reader.has_escapes_) return true;  // only an escape makes what is not in the text
    if (text.find('\0') != std::string_view::npos) return fail("has a NUL");
    if (has_surrogate(text)) return fail("has a lone surrogate");
    return true;
  }

  bool Null() { return value(JsonKind::null); }
  bool Bool(bool) { return value(JsonKind::boolean); }
  bool RawNumber(const char* digits, rapidjson::SizeType, bool) {
    return value(JsonKind::number,
                 reader.written_number(static_cast<std::size_t>(digits - reader.buffer_.data())));
  }
  bool String(const char* data, rapidjson::SizeType length, bool) {
    const std::string_view unescaped(data, length);
    return text(unescaped) && value(JsonKind::string, unescaped);
  }
  bool Key(const char* data, rapidjson::SizeType length, bool) {
    const std::string_view unescaped(data, length);
    keys.push_back(unescaped);
    if (depth == 1) name = unescaped;
    return text(unescaped);
  }
  bool open() { return ++depth <= kMaxDepth || fail("deeper than 64 levels"); }
  bool StartObject() {
    if (depth > 0 && !value(JsonKind::composite)) return false;
    first_keys.push_back(keys.size());
    return open();
  }
  bool EndObject(rapidjson::SizeType) {
    if (has_duplicate(keys, first_keys.back())) return fail("has a duplicate key");
    keys.resize(first_keys.back());
    first_keys.pop_back();
    --depth;
    return true;
  }
  bool StartArray() { return value(JsonKind::composite) && open(); }
  bool EndArray(rapidjson::SizeType) {
    --depth;
    return true;
  }
  // With numbers as text the parser calls none of these.
  bool Int(int) { return fail("unexpected number"); }
  bool Uint(unsigned) { return fail("unexpected number"); }
  bool Int64(std::int64_t) { return fail("unexpected number"); }
  bool Uint64(std::uint64_t) { return fail("unexpected number"); }
  bool Double(double) { return fail("unexpected number"); }
};

JsonObjectReader::JsonObjectReader() : handler_(std::make_unique<Handler>(*this)) {}
JsonObjectReader::~JsonObjectReader() = default;

std::string JsonObjectReader::read(std::string_view text) {
  members_.clear();
  if (text.find('\0') != std::string_view::npos) return "has a NUL";
  if (!common::is_utf8(text)) return "not UTF-8";
  text_ = text;
  buffer_.assign(text);
  has_escapes_ = text.find('\\') != std::string_view::npos;
  disarm_numbers();

  handler_->reset();
  rapidjson::InsituStringStream stream(buffer_.data());
  // The handler ends the parse at kMaxDepth, so that recursion is bounded.
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
  const auto result = handler_->parser.Parse<kFlags>(stream, *handler_);
  if (!result) {
    members_.clear();
    return handler_->error.empty() ? std::string("not JSON: ") + rapidjson::GetParseError_En(result.Code())
                                   : handler_->error;
  }
  return {};
}

/// The number in the text as it was sent; the buffer may hold a stand-in.
std::string_view JsonObjectReader::written_number(std::size_t position) const {
  const auto number = text_.substr(position);
  return number.substr(0, position_of(number, 0, [](char c) { return !is_number_character(c); }));
}

/// Puts `0` and white space in the place of every long number that JSON's grammar allows; RapidJSON sees only
/// short ones, whose value can't overflow (CVE-2024-38517), and numbers without a limit stay valid JSON.
void JsonObjectReader::disarm_numbers() {
  const std::string_view text = buffer_;
  std::size_t at = 0;
  while ((at = position_of(text, at, [](char c) { return c == '"' || starts_number(c); })) < text.size()) {
    if (text[at] == '"') {
      at = end_of_string(text, at);
      continue;
    }
    const auto number = written_number(at);
    const bool is_short =
        number.size() <= kHarmlessNumberLength && number.find_first_of("eE") == std::string_view::npos;
    if (!is_short && common::is_json_number(number)) {
      buffer_[at] = '0';
      std::fill_n(buffer_.begin() + static_cast<std::ptrdiff_t>(at) + 1, number.size() - 1, ' ');
    }
    at += number.size();
  }
}

}  // namespace ingest
