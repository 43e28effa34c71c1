#include "ingest/byte_stream.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

namespace ingest {
namespace {

constexpr std::size_t kBlockBytes = 65'536;
constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";

[[noreturn]] void throw_system_error(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// Blocks of a stream; the first one was read to see what it is.
class Blocks {
 public:
  Blocks(ByteStream& bytes, std::vector<char> first) : bytes_(bytes), block_(std::move(first)) {}

  /// The next block, good until the next call; empty at the end.
  std::span<char> next() {
    if (std::exchange(is_first_, false)) return block_;
    block_.resize(kBlockBytes);
    block_.resize(bytes_.read(block_));
    return block_;
  }

 private:
  ByteStream& bytes_;
  std::vector<char> block_;
  bool is_first_ = true;
};

class PlainStream : public ByteStream {
 public:
  explicit PlainStream(Blocks blocks) : blocks_(std::move(blocks)) {}

  std::size_t read(std::span<char> into) override {
    if (left_.empty()) left_ = blocks_.next();
    const auto count = std::min(left_.size(), into.size());
    std::copy_n(left_.begin(), count, into.begin());
    left_ = left_.subspan(count);
    return count;
  }

 private:
  Blocks blocks_;
  std::span<char> left_;
};

class GzipStream : public ByteStream {
 public:
  explicit GzipStream(Blocks blocks) : blocks_(std::move(blocks)) {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&state_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~GzipStream() override { inflateEnd(&state_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  std::size_t read(std::span<char> into) override {
    state_.next_out = reinterpret_cast<Bytef*>(into.data());
    state_.avail_out = static_cast<uInt>(into.size());
    while (state_.avail_out == into.size()) {
      if (state_.avail_in == 0 && !refill()) {
        if (between_members_) return 0;
        throw std::runtime_error("gzip data ends too early: the file is cut off");
      }
      if (std::exchange(between_members_, false)) inflateReset(&state_);
      const int code = inflate(&state_, Z_NO_FLUSH);
      between_members_ = code == Z_STREAM_END;
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
        throw std::runtime_error("gzip data is corrupt: " +
                                 std::string(state_.msg != nullptr ? state_.msg : zError(code)));
      }
    }
    return into.size() - state_.avail_out;
  }

 private:
  bool refill() {
    const auto block = blocks_.next();
    state_.next_in = reinterpret_cast<Bytef*>(block.data());
    state_.avail_in = static_cast<uInt>(block.size());
    return !block.empty();
  }

  Blocks blocks_;
  z_stream state_{};
  bool between_members_ = false;
};

class ZstdStream : public ByteStream {
 public:
  explicit ZstdStream(Blocks blocks) : blocks_(std::move(blocks)), state_(ZSTD_createDStream()) {
    if (!state_) throw std::bad_alloc();
  }

  std::size_t read(std::span<char> into) override {
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size && !has_more_output_ && !refill()) {
        if (expected_ == 0) return 0;
        throw std::runtime_error("zstd data ends too early: the file is cut off");
      }
      expected_ = ZSTD_decompressStream(state_.get(), &out, &in_);
      if (ZSTD_isError(expected_) != 0)
        throw std::runtime_error("zstd data is corrupt: " + std::string(ZSTD_getErrorName(expected_)));
      has_more_output_ = out.pos == out.size && expected_ != 0;
    }
    return out.pos;
  }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };

  bool refill() {
    const auto block = blocks_.next();
    in_ = {block.data(), block.size(), 0};
    return !block.empty();
  }

  Blocks blocks_;
  std::unique_ptr<ZSTD_DStream, Free> state_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  std::size_t expected_ = 0;  ///< 0: a frame is complete
  bool has_more_output_ = false;
};

/// As many of the first bytes as tell what it is; fewer only at the end.
std::vector<char> read_head(ByteStream& bytes) {
  std::vector<char> head(kBlockBytes);
  std::size_t size = 0;
  while (size < kZstdMagic.size()) {
    const auto count = bytes.read(std::span(head).subspan(size));
    if (count == 0) break;
    size += count;
  }
  head.resize(size);
  return head;
}

}  // namespace

/// Without O_NONBLOCK a pipe would not be open before somebody writes, and nobody could say stop until then.
InputFile::InputFile(std::string path, std::function<bool()> is_stopped)
    : path_(std::move(path)),
      is_stopped_(std::move(is_stopped)),
      descriptor_(path_ == "-" ? STDIN_FILENO : open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  if (descriptor_ < 0) throw_system_error(path_);
}

InputFile::~InputFile() {
  if (descriptor_ != STDIN_FILENO) close(descriptor_);
}

void InputFile::wait_until_readable() const {
  constexpr int kTickMs = 100;
  pollfd readable{.fd = descriptor_, .events = POLLIN, .revents = 0};
  while (!is_stopped_()) {
    const int ready = poll(&readable, 1, kTickMs);
    if (ready > 0) return;
    if (ready < 0 && errno != EINTR) throw_system_error(path_);
  }
  throw Stopped{};
}

std::size_t InputFile::read(std::span<char> into) {
  for (;;) {
    wait_until_readable();
    const auto count = ::read(descriptor_, into.data(), into.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) throw_system_error(path_);
    bytes_read_ += count;
    return static_cast<std::size_t>(count);
  }
}

std::optional<FileIdentity> InputFile::identify() {
  struct stat status {};
  if (fstat(descriptor_, &status) != 0) throw_system_error(path_);
  if (path_ == "-" || !S_ISREG(status.st_mode)) return std::nullopt;

  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!digest || EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  std::vector<char> block(kBlockBytes);
  while (const auto count = read(block)) EVP_DigestUpdate(digest.get(), block.data(), count);
  FileIdentity identity{.bytes = bytes_read_};
  EVP_DigestFinal_ex(digest.get(), identity.sha256.data(), nullptr);

  if (lseek(descriptor_, 0, SEEK_SET) < 0) throw_system_error(path_);
  bytes_read_ = 0;
  return identity;
}

std::unique_ptr<ByteStream> decompressed(ByteStream& bytes) {
  auto head = read_head(bytes);
  const std::string_view start(head.data(), head.size());
  const bool is_gzip = start.starts_with(kGzipMagic);
  const bool is_zstd = start.starts_with(kZstdMagic);
  Blocks blocks(bytes, std::move(head));
  if (is_gzip) return std::make_unique<GzipStream>(std::move(blocks));
  if (is_zstd) return std::make_unique<ZstdStream>(std::move(blocks));
  return std::make_unique<PlainStream>(std::move(blocks));
}

}  // namespace ingest
