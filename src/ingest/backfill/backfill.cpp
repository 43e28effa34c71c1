#include "ingest/backfill/backfill.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <iostream>
#include <list>

#include "common/log.hpp"
#include "common/progress.hpp"
#include "common/stop_signals.hpp"
#include "ingest/backfill/line_chunks.hpp"
#include "ingest/exit_code.hpp"
#include "ingest/store.hpp"

namespace ingest {
namespace {

namespace log = common::log;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// Of dead letters from a stream, which nothing tells apart.
constexpr std::int32_t kStreamPartition = -1;

/// Lines by what became of them.
struct Tally {
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t duplicate = 0;
  std::int64_t stale = 0;
  std::int64_t dead_letters = 0;
  std::int64_t skipped = 0;  ///< by --since and --until

  void add(const WriteCounts& counts) {
    inserted += counts.inserted;
    updated += counts.updated;
    duplicate += counts.duplicate;
    stale += counts.stale;
  }
  void add(const Tally& other) {
    inserted += other.inserted;
    updated += other.updated;
    duplicate += other.duplicate;
    stale += other.stale;
    dead_letters += other.dead_letters;
    skipped += other.skipped;
  }
};

void print_summary(const Tally& tally, bool is_finished, double seconds) {
  std::cout << "{\"finished\":" << (is_finished ? "true" : "false") << ",\"inserted\":" << tally.inserted
            << ",\"updated\":" << tally.updated << ",\"duplicate\":" << tally.duplicate
            << ",\"stale\":" << tally.stale << ",\"dead_letters\":" << tally.dead_letters
            << ",\"skipped\":" << tally.skipped << ",\"seconds\":" << seconds << "}" << std::endl;
}

void sleep_unless_stopped(milliseconds duration, const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any().wait_for(lock, stop, duration, [] { return false; });
}

/// The role may not do this: no waiting mends that, and who called the command is there to hear of it.
constexpr const char* kInsufficientPrivilege = "42501";

/// Does `work`, which may throw Stopped, again and again while the database is away; false when it was told
/// to stop before it was done. Throws Unavailable when waiting is no help.
bool persist(const BackoffLimits& limits, const std::stop_token& stop, const std::function<void()>& work) {
  Backoff backoff(limits);
  while (!stop.stop_requested()) {
    try {
      work();
      return true;
    } catch (const Stopped&) {
      return false;
    } catch (const Unavailable& unavailable) {
      const auto& fault = unavailable.fault();
      if (fault.sqlstate == kInsufficientPrivilege) throw;
      log::warn("database away", {{"sqlstate", fault.sqlstate}, {"detail", fault.detail}});
      sleep_unless_stopped(backoff.next(), stop);
    }
  }
  return false;
}

/// The dead letters of two files must not be taken for the same record: their partition, which is negative,
/// tells the files apart.
std::int32_t partition_of(const std::optional<FileIdentity>& identity) {
  if (!identity) return kStreamPartition;
  std::uint32_t number = 0;
  for (int i = 0; i < 4; ++i) number = number << 8 | identity->sha256[static_cast<std::size_t>(i)];
  return static_cast<std::int32_t>(number | 0x8000'0000U);
}

/// What --since and --until look at (contract.md section 2: the time of an event without a Kafka record).
std::optional<Microseconds> time_of(const Decoded& decoded) {
  if (const auto* ledger = std::get_if<LedgerEvent>(&decoded.event)) return ledger->event_time;
  if (const auto* order = std::get_if<PaymentOrderEvent>(&decoded.event))
    return order->updated_at.value_or(order->created_at);
  return std::nullopt;
}

/// A line of which only the beginning was kept.
Decoded too_long(const LineChunk::Item& item, const ContractLimits& limits) {
  Decoded decoded;
  decoded.event = Rejection{RejectionError::parse_error,
                            "line of " + std::to_string(item.line_bytes) + " bytes is larger than " +
                                std::to_string(limits.event_max_bytes) + ": only its beginning is kept"};
  return decoded;
}

/// Lines on their way to the database.
struct Work {
  LineChunk chunk;  ///< owns the bytes that `batch` refers to
  Batch batch;
  Tally tally;
};

/// One file, by several workers.
class FileBackfill {
 public:
  FileBackfill(const BackfillConfig& config, const BackfillOptions& options, EventKind kind, InputFile& file,
               std::stop_token stop)
      : config_(config), options_(options), kind_(kind), file_(file), stop_(std::move(stop)) {}

  /// True when the end of the file was reached.
  bool run();
  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  [[nodiscard]] bool begin();
  void apply_all();
  void work();
  [[nodiscard]] std::unique_ptr<Work> prepare(Decoder& decoder);
  [[nodiscard]] bool is_outside(const Decoded& decoded) const;
  [[nodiscard]] bool apply(Work& work, Store& store);
  void finish(bool is_finished);
  [[nodiscard]] Store make_store() const {
    return Store({.database_url = config_.database_url, .session = config_.session, .group_id = ""});
  }

  const BackfillConfig& config_;
  const BackfillOptions& options_;
  const EventKind kind_;
  InputFile& file_;
  const std::stop_token stop_;
  std::stop_source fault_;  ///< of another worker
  std::optional<FileIdentity> identity_;
  BackfillCheckpoint start_;
  std::unique_ptr<LineChunks> chunks_;
  std::unique_ptr<common::Progress> progress_;

  std::mutex mutex_;
  AppliedLines applied_{0};
  Tally tally_;
};

bool FileBackfill::run() {
  try {
    if (!begin()) return false;
  } catch (const Stopped&) {
    return false;
  }
  std::exception_ptr fault;
  try {
    apply_all();
  } catch (...) {
    fault = std::current_exception();
  }
  progress_->finish();
  const bool is_finished = !fault && !stop_.stop_requested();
  finish(is_finished);
  if (fault) std::rethrow_exception(fault);
  return is_finished;
}

/// Finds out where to begin, and goes there.
bool FileBackfill::begin() {
  identity_ = file_.identify();
  if (identity_) {
    const BackfillWork work{kind_ == EventKind::ledger_entry ? "ledger" : "payment_order", *identity_,
                            file_.path(), options_.since, options_.until};
    auto store = make_store();
    if (!persist(config_.backoff, stop_, [&] { start_ = store.begin_backfill(work, options_.restarts); })) {
      return false;
    }
  }
  applied_ = AppliedLines(start_.lines_applied);
  chunks_ = std::make_unique<LineChunks>(
      file_, LineChunks::Limits{config_.batch.max_events, config_.batch.max_bytes},
      config_.contract.event_max_bytes);
  chunks_->skip(start_.lines_applied);
  log::info("file begun", {{"file", file_.path()}, {"after_line", start_.lines_applied}});
  const auto left = identity_ ? std::optional(identity_->bytes - chunks_->file_bytes()) : std::nullopt;
  progress_ = std::make_unique<common::Progress>(
      common::Progress::Options{.title = "backfill " + file_.path(), .unit = "bytes", .total = left});
  return true;
}

void FileBackfill::apply_all() {
  std::vector<std::future<void>> workers;
  workers.reserve(static_cast<std::size_t>(options_.workers));
  for (int i = 0; i < options_.workers; ++i) {
    workers.push_back(std::async(std::launch::async, [this] { work(); }));
  }
  for (auto& worker : workers) worker.wait();
  for (auto& worker : workers) worker.get();
}

/// Decodes the next batch while the database applies the last one.
void FileBackfill::work() {
  auto store = make_store();
  Decoder decoder(config_.profile, config_.contract);
  const auto prepare_soon = [&] { return std::async(std::launch::async, [&] { return prepare(decoder); }); };
  auto prepared = prepare_soon();
  while (const auto work = prepared.get()) {
    if (stop_.stop_requested() || fault_.stop_requested()) return;
    prepared = prepare_soon();
    try {
      if (!apply(*work, store)) return;
    } catch (...) {
      // Not for a fault of the file: what was read before it is applied by whoever has it.
      fault_.request_stop();
      throw;
    }
  }
}

/// Null at the end of the file.
std::unique_ptr<Work> FileBackfill::prepare(Decoder& decoder) {
  auto work = std::make_unique<Work>(Work{.chunk = {}, .batch = Batch(config_.profile.id), .tally = {}});
  if (!chunks_->take(work->chunk)) return nullptr;
  const auto& topic = kind_ == EventKind::ledger_entry ? config_.ledger_topic : config_.payment_order_topic;
  for (const auto& item : work->chunk.items) {
    const RecordView record{.topic = topic,
                            .partition = partition_of(identity_),
                            .offset = item.number,
                            .key = {},
                            .payload = work->chunk.text(item),
                            .headers = {{"backfill-file", file_.path()}},
                            .timestamp = {}};
    const bool is_cut = item.line_bytes > static_cast<std::int64_t>(item.size);
    const auto decoded = is_cut ? too_long(item, config_.contract) : decoder.decode(kind_, record.payload);
    if (is_outside(decoded)) {
      ++work->tally.skipped;
    } else {
      work->batch.add(record, decoded);
    }
  }
  return work;
}

bool FileBackfill::is_outside(const Decoded& decoded) const {
  const auto time = time_of(decoded);
  return time &&
         ((options_.since && *time < *options_.since) || (options_.until && *time >= *options_.until));
}

/// False when it was told to stop before all of the lines were applied.
bool FileBackfill::apply(Work& work, Store& store) {
  const auto& chunk = work.chunk;
  auto checkpoint = start_;
  {
    const std::scoped_lock lock(mutex_);
    checkpoint.lines_applied = applied_.with(chunk.begin, chunk.end);
  }
  const auto skipped = work.tally.skipped;
  const bool is_applied = persist(config_.backoff, stop_, [&] {
    // Counted anew: what a failed try has committed is duplicate now.
    work.tally = {.skipped = skipped};
    auto records_left = work.batch.size();
    store.apply_backfill(work.batch, checkpoint, [&](const BatchResult& result, std::size_t records) {
      work.tally.add(result.ledger);
      work.tally.add(result.orders);
      records_left -= records;
      if (records_left > 0 && stop_.stop_requested()) throw Stopped{};  // the database may be slow
    });
  });
  if (is_applied) {
    for (std::size_t i = 0; i < work.batch.size(); ++i)
      work.tally.dead_letters += work.batch.rejection(i) ? 1 : 0;
    progress_->add(chunk.file_bytes);
  }
  const std::scoped_lock lock(mutex_);
  if (is_applied) applied_.add(chunk.begin, chunk.end);
  tally_.add(work.tally);
  return is_applied;
}

/// Notes where the workers have got to together, which none of them could know.
void FileBackfill::finish(bool is_finished) {
  if (!identity_) return;
  auto checkpoint = start_;
  checkpoint.lines_applied = applied_.lines();
  checkpoint.is_finished = is_finished;
  Batch nothing(config_.profile.id);
  auto store = make_store();
  const auto note = [&] {
    store.apply_backfill(nothing, checkpoint, [](const BatchResult&, std::size_t) {});
  };
  if (is_finished) {
    persist(config_.backoff, stop_, note);
    return;
  }
  try {
    note();
  } catch (const Unavailable& unavailable) {
    // The next run begins somewhat earlier, and finds duplicates.
    log::warn("checkpoint not stored", {{"detail", unavailable.fault().detail}});
  }
}

/// True when all files were read to their ends.
bool backfill_files(const BackfillConfig& config, const BackfillOptions& options, const std::stop_token& stop,
                    Tally& tally) {
  std::list<InputFile> files;
  for (const auto& source : options.sources)
    files.emplace_back(source.path, [stop] { return stop.stop_requested(); });
  auto file = files.begin();
  for (const auto& source : options.sources) {
    FileBackfill run(config, options, source.kind, *file++, stop);
    const bool is_finished = run.run();
    tally.add(run.tally());
    if (!is_finished) return false;
  }
  return true;
}

}  // namespace

int backfill(const BackfillConfig& config, const BackfillOptions& options) {
  common::StopSignals signals;
  std::stop_source stop;
  Tally tally;
  const auto started = Clock::now();
  auto result = std::async(std::launch::async,
                           [&] { return backfill_files(config, options, stop.get_token(), tally); });
  constexpr milliseconds kTick(100);
  while (result.wait_for(milliseconds(0)) != std::future_status::ready) {
    if (stop.stop_requested()) {
      result.wait();
    } else if (signals.wait_until(Clock::now() + kTick)) {
      log::info("stopping");
      stop.request_stop();
    }
  }
  const bool is_finished = result.get();
  print_summary(tally, is_finished, std::chrono::duration<double>(Clock::now() - started).count());
  return is_finished ? kDone : kInterrupted;
}

}  // namespace ingest
