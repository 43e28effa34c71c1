#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ingest/byte_stream.hpp"

namespace ingest {

struct Line {
  std::string_view text;   ///< without its end, LF or CRLF; no more than the first `keep_bytes`
  std::int64_t bytes = 0;  ///< of the whole line; more than `text` when it was cut
};

/// Lines of a stream. Memory grows with what is kept of the longest line. One thread at a time.
class LineReader {
 public:
  /// Of a longer line only the first `keep_bytes` are kept. `bytes` must outlive this.
  LineReader(ByteStream& bytes, std::size_t keep_bytes);

  /// The next line, also one without an end; nothing after the last. The view is good until the next call. A
  /// byte order mark before the first line is dropped. Throws what the stream throws.
  [[nodiscard]] std::optional<Line> next();
  /// Lines read so far.
  [[nodiscard]] std::int64_t count() const { return count_; }

 private:
  bool fill();
  [[nodiscard]] Line take(std::size_t end, std::size_t end_mark_bytes, std::size_t dropped);

  ByteStream& bytes_;
  const std::size_t keep_bytes_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< of what is not yet taken
  std::size_t end_ = 0;
  std::int64_t count_ = 0;
};

}  // namespace ingest
