#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ingest/line_reader.hpp"

namespace ingest {

/// Lines that follow each other, with bytes of their own: one batch of a backfill.
struct LineChunk {
  struct Item {
    std::size_t offset = 0;  ///< in `bytes`
    std::size_t size = 0;
    std::int64_t number = 0;      ///< from 1
    std::int64_t line_bytes = 0;  ///< more than `size` when the line was cut
  };
  std::string bytes;
  std::vector<Item> items;      ///< empty lines left out
  std::int64_t begin = 0;       ///< lines before it
  std::int64_t end = 0;         ///< lines up to its last one
  std::int64_t file_bytes = 0;  ///< read from the file for it, as they lie there

  [[nodiscard]] std::string_view text(const Item& item) const {
    return std::string_view(bytes).substr(item.offset, item.size);
  }
};

/// Cuts a file into chunks, for several threads.
class LineChunks {
 public:
  struct Limits {
    std::size_t lines = 0;
    std::size_t bytes = 0;
  };
  /// Keeps `keep_bytes` of a longer line. `file` must outlive this.
  LineChunks(InputFile& file, Limits limits, std::size_t keep_bytes);

  /// Leaves out the first `lines` lines. Not while others take.
  void skip(std::int64_t lines);
  /// Bytes of the file, as they lie there, that belong to lines skipped or taken.
  [[nodiscard]] std::int64_t file_bytes() const { return file_bytes_; }
  /// The next chunk; false at the end and after a stop. Lines before a fault of the file come first; then it
  /// is thrown, with the line that it stands after, as std::runtime_error.
  bool take(LineChunk& chunk);

 private:
  void fill(LineChunk& chunk);

  InputFile& file_;
  const Limits limits_;
  std::mutex mutex_;
  std::unique_ptr<ByteStream> stream_;
  LineReader reader_;
  std::int64_t file_bytes_ = 0;
  bool is_over_ = false;
  std::exception_ptr fault_;
};

/// Up to which line all is applied, while chunks are applied in any order. One thread at a time.
class AppliedLines {
 public:
  explicit AppliedLines(std::int64_t lines) : lines_(lines) {}

  [[nodiscard]] std::int64_t lines() const { return lines_; }
  /// What will hold once this chunk is applied too.
  [[nodiscard]] std::int64_t with(std::int64_t begin, std::int64_t end) const;
  void add(std::int64_t begin, std::int64_t end);

 private:
  std::int64_t lines_;
  std::map<std::int64_t, std::int64_t> ahead_;  ///< applied chunks after a gap: end by begin
};

}  // namespace ingest
