#include "ingest/backfill/line_chunks.hpp"

#include <stdexcept>
#include <utility>

namespace ingest {

LineChunks::LineChunks(InputFile& file, Limits limits, std::size_t keep_bytes)
    : file_(file), limits_(limits), stream_(decompressed(file)), reader_(*stream_, keep_bytes) {}

void LineChunks::skip(std::int64_t lines) {
  while (reader_.count() < lines && reader_.next()) {
  }
  if (lines > 0) file_bytes_ = file_.bytes_read();
}

bool LineChunks::take(LineChunk& chunk) {
  const std::scoped_lock lock(mutex_);
  chunk.bytes.clear();
  chunk.items.clear();
  chunk.begin = reader_.count();
  try {
    if (!is_over_) fill(chunk);
  } catch (const Stopped&) {
    is_over_ = true;
    return false;
  } catch (const std::exception& error) {
    is_over_ = true;
    fault_ = std::make_exception_ptr(std::runtime_error(
        file_.path() + ": after line " + std::to_string(reader_.count()) + ": " + error.what()));
  }
  chunk.end = reader_.count();
  chunk.file_bytes = file_.bytes_read() - file_bytes_;
  file_bytes_ = file_.bytes_read();
  if (chunk.end > chunk.begin) return true;
  if (fault_) std::rethrow_exception(std::exchange(fault_, nullptr));
  return false;
}

void LineChunks::fill(LineChunk& chunk) {
  while (chunk.items.size() < limits_.lines && chunk.bytes.size() < limits_.bytes) {
    const auto line = reader_.next();
    if (!line) {
      is_over_ = true;
      return;
    }
    if (line->text.empty()) continue;
    chunk.items.push_back({chunk.bytes.size(), line->text.size(), reader_.count(), line->bytes});
    chunk.bytes += line->text;
  }
}

std::int64_t AppliedLines::with(std::int64_t begin, std::int64_t end) const {
  if (begin != lines_) return lines_;
  auto next = ahead_.find(end);
  for (; next != ahead_.end(); next = ahead_.find(end)) end = next->second;
  return end;
}

void AppliedLines::add(std::int64_t begin, std::int64_t end) {
  ahead_[begin] = end;
  lines_ = with(begin, end);
  ahead_.erase(ahead_.begin(), ahead_.lower_bound(lines_));
}

}  // namespace ingest
