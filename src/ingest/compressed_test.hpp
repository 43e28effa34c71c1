#pragma once

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "ingest/byte_stream.hpp"

/// What the tests of the line readers read from.
namespace ingest::test {

/// A text in pieces of at most `piece_bytes`, as a pipe would give it.
class TextStream : public ByteStream {
 public:
  explicit TextStream(std::string text, std::size_t piece_bytes = 7)
      : text_(std::move(text)), piece_bytes_(piece_bytes) {}

  std::size_t read(std::span<char> into) override {
    const auto count = std::min({into.size(), piece_bytes_, text_.size() - position_});
    text_.copy(into.data(), count, position_);
    position_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t piece_bytes_;
  std::size_t position_ = 0;
};

inline std::string gzip(std::string text) {
  z_stream state{};
  constexpr int kGzip = 16 + MAX_WBITS;
  if (deflateInit2(&state, Z_BEST_SPEED, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("deflateInit2");
  std::string out(deflateBound(&state, text.size()) + 64, '\0');
  state.next_in = reinterpret_cast<Bytef*>(text.data());
  state.avail_in = static_cast<uInt>(text.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&state, Z_FINISH);
  out.resize(state.total_out);
  deflateEnd(&state);
  if (code != Z_STREAM_END) throw std::runtime_error("deflate");
  return out;
}

/// With a checksum, as the command zstd writes it.
inline std::string zstd(const std::string& text) {
  auto* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const auto size = ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size());
  ZSTD_freeCCtx(context);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

}  // namespace ingest::test
