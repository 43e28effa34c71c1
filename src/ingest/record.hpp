#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ingest {

struct HeaderView {
  std::string_view name;
  std::optional<std::string_view> value;
};

/// A record as its source has it; the bytes are the source's, who keeps them while they are in use.
struct RecordView {
  std::string_view topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::optional<std::string_view> key;
  std::optional<std::string_view> payload;
  std::vector<HeaderView> headers;
  std::optional<std::int64_t> timestamp;  ///< microseconds since 1970
};

}  // namespace ingest
