#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ingest {

enum class JsonKind : std::uint8_t { null, boolean, number, string, composite };

/// A member of the outermost object. Strings are unescaped, numbers as they were written.
struct JsonMember {
  std::string_view name;
  JsonKind kind;
  std::string_view text;  ///< of strings and numbers
};

/// Reads one JSON object of hostile origin, strictly: UTF-8, no NUL, no lone surrogate, no duplicate key at
/// any depth. Keeps its buffers from one object to the next. One thread at a time.
class JsonObjectReader {
 public:
  static constexpr int kMaxDepth = 64;  ///< levels of objects and arrays (contract.md section 1)

  JsonObjectReader();
  ~JsonObjectReader();
  JsonObjectReader(const JsonObjectReader&) = delete;
  JsonObjectReader& operator=(const JsonObjectReader&) = delete;

  /// Empty when the text is such an object, else what is wrong with it; never quotes the text.
  [[nodiscard]] std::string read(std::string_view text);

  /// Views into this reader, until the next read(), and for numbers into the text that was read.
  [[nodiscard]] const std::vector<JsonMember>& members() const { return members_; }

 private:
  struct Handler;

  [[nodiscard]] std::string_view written_number(std::size_t position) const;
  void disarm_numbers();

  std::string_view text_;
  std::string buffer_;  ///< a copy that RapidJSON unescapes in place
  bool has_escapes_ = false;
  std::vector<JsonMember> members_;
  std::unique_ptr<Handler> handler_;
};

}  // namespace ingest
