#include "ingest/line_reader.hpp"

#include <algorithm>
#include <cstring>

namespace ingest {
namespace {

constexpr std::size_t kReadAheadBytes = 262'144;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

LineReader::LineReader(ByteStream& bytes, std::size_t keep_bytes)
    : bytes_(bytes), keep_bytes_(keep_bytes), buffer_(kReadAheadBytes) {}

std::optional<Line> LineReader::next() {
  std::size_t searched = 0;  // from begin_ on
  std::size_t dropped = 0;
  for (;;) {
    const char* from = buffer_.data() + begin_ + searched;
    if (const void* found = std::memchr(from, '\n', end_ - begin_ - searched)) {
      return take(static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data()), 1, dropped);
    }
    if (end_ - begin_ > keep_bytes_) {
      dropped += end_ - begin_ - keep_bytes_;
      end_ = begin_ + keep_bytes_;
    }
    searched = end_ - begin_;
    if (!fill()) break;
  }
  if (begin_ == end_) return std::nullopt;
  return take(end_, 0, dropped);
}

/// The buffer grows with the longest line, up to what is kept of one and room to read on.
bool LineReader::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (end_ == buffer_.size()) buffer_.resize(std::min(2 * buffer_.size(), keep_bytes_ + kReadAheadBytes));
  const auto count = bytes_.read(std::span(buffer_).subspan(end_));
  end_ += count;
  return count > 0;
}

Line LineReader::take(std::size_t end, std::size_t end_mark_bytes, std::size_t dropped) {
  std::string_view text(buffer_.data() + begin_, end - begin_);
  begin_ = end + end_mark_bytes;
  if (dropped == 0 && end_mark_bytes > 0 && text.ends_with('\r')) text.remove_suffix(1);
  if (++count_ == 1 && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return {text.substr(0, keep_bytes_), static_cast<std::int64_t>(text.size() + dropped)};
}

}  // namespace ingest
