#include "ingest/dead_letters/dead_letter_import.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <chrono>
#include <ostream>

#include "common/progress.hpp"
#include "common/text.hpp"
#include "ingest/dead_letters/kept_letter.hpp"
#include "ingest/dead_letters/replay.hpp"
#include "ingest/line_reader.hpp"

namespace ingest {
namespace {

constexpr std::size_t kMaxLineBytes = 268'435'456;  ///< of a line of a file; payloads are base64 there
constexpr std::size_t kChunkLetters = 500;
constexpr std::size_t kChunkBytes = 16'777'216;

/// One file or topic on its way to the table.
class Import {
 public:
  Import(std::string source, DeadLetterStore& letters, common::StopSignals& signals)
      : source_(std::move(source)),
        letters_(letters),
        signals_(signals),
        progress_({.title = "dlq import " + source_, .unit = "letters", .total = {}}) {}

  /// False when it is to stop.
  bool add(std::optional<KeptLetter> letter) {
    if (letter) {
      bytes_ += letter->payload ? letter->payload->size() : 0;
      chunk_.push_back(std::move(*letter));
    } else {
      ++unreadable_;
    }
    if (chunk_.size() >= kChunkLetters || bytes_ >= kChunkBytes) flush();
    return !should_stop();
  }

  /// True once a signal has come, and what was asked for will not all be read.
  bool should_stop() {
    is_stopped_ = is_stopped_ || signals_.wait_until(std::chrono::steady_clock::now());
    return is_stopped_;
  }

  int finish(std::ostream& out) {
    flush();
    progress_.finish();
    rapidjson::StringBuffer buffer;
    rapidjson::Writer writer(buffer);
    const auto source = common::repair_utf8(source_);
    writer.StartObject();
    writer.Key("source");
    writer.String(source.data(), static_cast<rapidjson::SizeType>(source.size()));
    const auto count = [&](const char* name, std::int64_t value) {
      writer.Key(name);
      writer.Int64(value);
    };
    count("letters", read_);
    count("stored", stored_);
    count("unreadable", unreadable_);
    writer.Key("finished");
    writer.Bool(!is_stopped_);
    writer.EndObject();
    out << std::string_view(buffer.GetString(), buffer.GetSize()) << std::endl;
    if (is_stopped_) return kInterrupted;
    return unreadable_ > 0 ? kSomeFailed : kDone;
  }

 private:
  void flush() {
    if (chunk_.empty()) return;
    stored_ += letters_.import_letters(chunk_, source_);
    read_ += static_cast<std::int64_t>(chunk_.size());
    progress_.add(static_cast<std::int64_t>(chunk_.size()));
    chunk_.clear();
    bytes_ = 0;
  }

  std::string source_;
  DeadLetterStore& letters_;
  common::StopSignals& signals_;
  common::Progress progress_;
  std::vector<KeptLetter> chunk_;
  std::size_t bytes_ = 0;
  std::int64_t read_ = 0;
  std::int64_t stored_ = 0;
  std::int64_t unreadable_ = 0;
  bool is_stopped_ = false;
};

int import_file(const std::string& path, DeadLetterStore& letters, common::StopSignals& signals,
                std::ostream& out) {
  Import import(path, letters, signals);
  InputFile file(path, [&import] { return import.should_stop(); });
  try {
    const auto bytes = decompressed(file);
    LineReader lines(*bytes, kMaxLineBytes);
    while (const auto line = lines.next()) {
      if (!import.add(letter_of_line(line->text))) break;
    }
  } catch (const Stopped&) {
    // What was read is stored all the same.
  }
  return import.finish(out);
}

int import_topic(const ImportOptions& options, DeadLetterStore& letters, common::StopSignals& signals,
                 std::ostream& out) {
  Import import(options.topic, letters, signals);
  read_letters(options.brokers, options.topic, [&](auto letter) { return import.add(std::move(letter)); });
  return import.finish(out);
}

}  // namespace

int import_letters(const ImportOptions& options, DeadLetterStore& letters, common::StopSignals& signals,
                   std::ostream& out) {
  int code = kDone;
  for (const auto& path : options.files) {
    if (code != kInterrupted) code = std::max(code, import_file(path, letters, signals, out));
  }
  if (code != kInterrupted && !options.topic.empty())
    code = std::max(code, import_topic(options, letters, signals, out));
  return code;
}

}  // namespace ingest
