#include "ingest/dead_letters/dead_letter_file.hpp"

#include <fcntl.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "common/base64.hpp"
#include "common/text.hpp"

namespace ingest {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr mode_t kOwnerOnly = 0600;  // payloads are customer data

[[noreturn]] void fail(const std::string& what, const std::string& path) {
  throw unavailable(what + " " + path + ": " + std::generic_category().message(errno));
}

void put_text(Writer& writer, std::string_view text) {
  const auto good = common::repair_utf8(text);
  writer.String(good.data(), static_cast<rapidjson::SizeType>(good.size()));
}

void put_bytes(Writer& writer, const std::optional<std::string_view>& bytes) {
  bytes ? put_text(writer, common::to_base64(*bytes)) : static_cast<void>(writer.Null());
}

/// Makes a rename or a new file outlive a crash.
void sync_folder(const std::string& path) {
  const auto folder = std::filesystem::absolute(path).parent_path();
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) fail("open", folder);
  const int result = ::fsync(handle);
  ::close(handle);
  if (result != 0) fail("sync", folder);
}

std::string next_rotated_name(const std::string& path) {
  for (int number = 1;; ++number) {
    auto name = path + "." + std::to_string(number);
    if (::access(name.c_str(), F_OK) == 0) continue;
    if (errno != ENOENT) fail("look for", name);  // rename() would replace what only could not be seen
    return name;
  }
}

}  // namespace

std::string to_json_line(const DeadLetter& letter, Microseconds kept_at) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  const auto& record = letter.record;
  writer.StartObject();
  writer.Key("topic");
  put_text(writer, record.topic);
  writer.Key("partition");
  writer.Int(record.partition);
  writer.Key("offset");
  writer.Int64(record.offset);
  writer.Key("record_timestamp_us");
  record.timestamp ? static_cast<void>(writer.Int64(*record.timestamp)) : static_cast<void>(writer.Null());
  writer.Key("error");
  put_text(writer, name_of(letter.rejection.error));
  writer.Key("error_detail");
  put_text(writer, letter.rejection.detail);
  writer.Key("profile_id");
  put_text(writer, letter.profile_id);
  writer.Key("correlation_id");
  letter.correlation_id.empty() ? static_cast<void>(writer.Null()) : put_text(writer, letter.correlation_id);
  writer.Key("attempts");
  writer.Int(1);
  writer.Key("kept_at_us");
  writer.Int64(kept_at);
  writer.Key("key_base64");
  put_bytes(writer, record.key);
  writer.Key("payload_base64");
  put_bytes(writer, record.payload);
  writer.Key("headers_base64");
  writer.StartArray();
  for (const auto& header : record.headers) {
    writer.StartArray();
    put_bytes(writer, header.name);
    put_bytes(writer, header.value);
    writer.EndArray();
  }
  writer.EndArray();
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

DeadLetterFile::~DeadLetterFile() {
  close();
}

void DeadLetterFile::keep(const std::vector<DeadLetter>& letters) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto now_us = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  std::string lines;
  for (const auto& letter : letters) lines += to_json_line(letter, now_us);

  const std::scoped_lock lock(mutex_);
  if (file_ < 0) open();
  if (size_ > 0 && size_ + lines.size() > options_.max_bytes) rotate();
  append(lines);
}

void DeadLetterFile::open() {
  file_ = ::open(options_.path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (file_ < 0) fail("open", options_.path);
  try {
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) fail("lock", options_.path);
    struct stat status {};
    if (::fstat(file_, &status) != 0) fail("stat", options_.path);
    // Another process may have put it aside meanwhile: then somebody may have imported it, and may delete it.
    struct stat named {};
    if (::stat(options_.path.c_str(), &named) != 0 || named.st_ino != status.st_ino)
      fail("keep", options_.path);
    size_ = static_cast<std::size_t>(status.st_size);
    char last = '\n';
    if (size_ > 0 && ::pread(file_, &last, 1, status.st_size - 1) != 1) fail("read", options_.path);
    if (last != '\n') append("\n");
    sync_folder(options_.path);
  } catch (...) {
    close();
    throw;
  }
}

void DeadLetterFile::rotate() {
  const auto rotated = next_rotated_name(options_.path);
  if (::rename(options_.path.c_str(), rotated.c_str()) != 0) fail("rename", options_.path);
  close();  // not before: whoever waits for the lock would go on in the file that is put aside
  open();
}

void DeadLetterFile::close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

/// All or nothing as far as the file system lets us: a write that ended early is cut off again.
void DeadLetterFile::append(const std::string& lines) {
  std::string_view rest = lines;
  while (!rest.empty()) {
    const auto written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int reason = errno;
      if (::ftruncate(file_, static_cast<off_t>(size_)) != 0) close();  // open() will end the torn line
      errno = reason;
      fail("write", options_.path);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(file_) != 0) {
    // What the kernel could not write it may have dropped: only a new descriptor tells the truth again.
    const int reason = errno;
    close();
    errno = reason;
    fail("sync", options_.path);
  }
  size_ += lines.size();
}

}  // namespace ingest
