#pragma once

#include <mutex>
#include <string>

#include "ingest/dead_letters/dead_letter.hpp"

namespace ingest {

/// DLQ_BACKEND=file: JSON lines, each with the whole record; bytes are base64. keep() returns after
/// fdatasync. The file is open from the first letter on and locked, so that one process writes it. At
/// max_bytes it is renamed to <path>.<n> and a new one begun. A line that a crash tore is ended, never
/// continued.
class DeadLetterFile : public DeadLetterSink {
 public:
  struct Options {
    std::string path;
    std::size_t max_bytes = 104'857'600;
  };

  explicit DeadLetterFile(Options options) : options_(std::move(options)) {}
  ~DeadLetterFile() override;
  DeadLetterFile(const DeadLetterFile&) = delete;
  DeadLetterFile& operator=(const DeadLetterFile&) = delete;

  void keep(const std::vector<DeadLetter>& letters) override;

 private:
  void open();
  void rotate();
  void close();
  void append(const std::string& lines);

  const Options options_;
  std::mutex mutex_;
  int file_ = -1;
  std::size_t size_ = 0;
};

/// One line of the file, newline included.
[[nodiscard]] std::string to_json_line(const DeadLetter& letter, Microseconds kept_at);

}  // namespace ingest
