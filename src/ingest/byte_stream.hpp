#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

/// Where the lines of a backfill come from: files, plain or compressed. One thread at a time.
namespace ingest {

/// Bytes in their order.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Reads at least one byte; 0: the end. Throws std::runtime_error when the bytes can't be had.
  virtual std::size_t read(std::span<char> into) = 0;
};

/// Thrown out of a read when the process was told to stop.
struct Stopped {};

/// What a file is, whatever it is called.
struct FileIdentity {
  std::array<unsigned char, 32> sha256{};
  std::int64_t bytes = 0;
};

/// A file, a pipe, or standard input. Reading ends with Stopped soon after `is_stopped`, which the reading
/// thread asks, says so, also while a pipe is silent or nobody has opened its other end.
class InputFile : public ByteStream {
 public:
  /// `path` may be `-`: standard input. Throws std::runtime_error when it can't be opened.
  explicit InputFile(
      std::string path, std::function<bool()> is_stopped = [] { return false; });
  ~InputFile() override;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  std::size_t read(std::span<char> into) override;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::int64_t bytes_read() const { return bytes_read_; }
  /// Reads it once from end to end, and goes back to its beginning; nothing for what can be read only once,
  /// and for standard input. To be called before the first read.
  [[nodiscard]] std::optional<FileIdentity> identify();

 private:
  void wait_until_readable() const;

  std::string path_;
  std::function<bool()> is_stopped_;
  int descriptor_;
  std::int64_t bytes_read_ = 0;
};

/// What `bytes` holds, by its first bytes: gzip (all members, checksums verified), zstd (all frames), or as
/// it is. `bytes` must outlive the result. Its read() throws also when compressed data is corrupt or ends too
/// early.
[[nodiscard]] std::unique_ptr<ByteStream> decompressed(ByteStream& bytes);

}  // namespace ingest
