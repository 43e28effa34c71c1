#include "ingest/store.hpp"

#include <algorithm>

#include "common/log.hpp"
#include "common/text.hpp"
#include "common/timestamp.hpp"
#include "ingest/queries.hpp"

namespace ingest {
namespace {

constexpr const char* kApplyBatch = "apply_batch";
constexpr const char* kReadProgress = "read_progress";
constexpr const char* kBeginBackfill = "begin_backfill";
constexpr const char* kApplyBackfillBatch = "apply_backfill_batch";

/// The data is refused, or too much for one statement.
class BatchRefused : public std::runtime_error {
 public:
  explicit BatchRefused(common::Fault fault) : std::runtime_error(fault.detail), fault_(std::move(fault)) {}
  [[nodiscard]] const common::Fault& fault() const { return fault_; }

 private:
  common::Fault fault_;
};

/// Counts of a kind are null when the batch had none of it.
std::int64_t count(const pqxx::row& row, const std::string& column) {
  const auto field = row[column];
  return field.is_null() ? 0 : field.as<std::int64_t>();
}

WriteCounts write_counts(const pqxx::row& row, const std::string& kind) {
  return {count(row, kind + "_inserted"), count(row, kind + "_updated"), count(row, kind + "_duplicate"),
          count(row, kind + "_stale"), count(row, kind + "_version_missing")};
}

BatchResult read_result(const pqxx::row& row) {
  BatchResult result;
  result.ledger = write_counts(row, "ledger");
  result.orders = write_counts(row, "orders");
  result.pairs_touched = count(row, "pairs_touched");
  result.pairs_incomplete = count(row, "pairs_incomplete");
  result.pairing_skipped = count(row, "pairing_skipped");
  const auto age = row["oldest_incomplete_age_sec"];
  if (!age.is_null()) result.oldest_incomplete_age_sec = age.as<double>();
  return result;
}

/// A deadlock or a serialization failure: the other side has gone on. Not a lost connection: the next one may
/// be to a database of an earlier point, which has to be asked first how far it is.
bool is_worth_retrying_now(const common::Fault& fault) {
  return fault.sqlstate.starts_with("40");
}

/// The server's own sentence; the lines after it may quote data.
std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

}  // namespace

WireTypes read_wire_types(pqxx::connection& connection) {
  const auto types = pqxx::nontransaction(connection).exec1(queries::kWireTypes);
  return {types["dead_letter"].as<std::uint32_t>(), types["ledger_event"].as<std::uint32_t>(),
          types["payment_order_event"].as<std::uint32_t>(), types["partition_progress"].as<std::uint32_t>()};
}

Store::Store(Options options)
    : options_(std::move(options)),
      session_(options_.database_url, options_.session, [this](auto& connection) { prepare(connection); }) {}

void Store::prepare(pqxx::connection& connection) {
  types_ = read_wire_types(connection);
  connection.prepare(kApplyBatch, queries::kApplyBatch);
  connection.prepare(kReadProgress, queries::kReadProgress);
  connection.prepare(kBeginBackfill, queries::kBeginBackfill);
  connection.prepare(kApplyBackfillBatch, queries::kApplyBackfillBatch);
}

void Store::run(const std::function<void(pqxx::connection&)>& work) {
  for (int tries = 0;; ++tries) {
    try {
      session_.run(work);
      return;
    } catch (const std::exception& error) {
      auto fault = common::classify(error);
      if (fault.connection_lost || fault.in_doubt) session_.disconnect();
      if (fault.kind != common::FaultKind::environment) throw BatchRefused(std::move(fault));
      // Every call may be repeated: a batch that was committed after all changes nothing the second time.
      if (tries < options_.immediate_retries && is_worth_retrying_now(fault)) continue;
      session_.disconnect();
      throw Unavailable("database", std::move(fault));
    }
  }
}

void Store::apply(Batch& batch, const std::vector<PartitionProgress>& progress, const OnApplied& on_applied) {
  const auto call = [&](pqxx::connection& open, std::size_t begin, std::size_t end) {
    const bool is_last = end == batch.size();
    const auto arguments =
        batch.arguments(begin, end, types_, is_last ? progress : batch.progress_before(end));
    pqxx::nontransaction work(open);
    return read_result(work.exec_prepared1(
        kApplyBatch, options_.group_id, common::binary(arguments.dead_letters),
        common::binary(arguments.ledger_events), common::binary(arguments.payment_order_events),
        common::binary(arguments.progress)));
  };
  apply_whole(batch, call, on_applied);
}

void Store::apply_backfill(Batch& batch, const BackfillCheckpoint& checkpoint, const OnApplied& on_applied) {
  const auto call = [&](pqxx::connection& open, std::size_t begin, std::size_t end) {
    const bool is_last = end == batch.size();
    const auto arguments = batch.arguments(begin, end, types_, {});
    pqxx::nontransaction work(open);
    return read_result(work.exec_prepared1(
        kApplyBackfillBatch, checkpoint.backfill_id,
        is_last ? std::optional(checkpoint.lines_applied) : std::nullopt, is_last && checkpoint.is_finished,
        common::binary(arguments.dead_letters), common::binary(arguments.ledger_events),
        common::binary(arguments.payment_order_events)));
  };
  apply_whole(batch, call, on_applied);
}

BackfillCheckpoint Store::begin_backfill(const BackfillWork& work, bool restarts) {
  BackfillCheckpoint checkpoint;
  const auto text = [](std::optional<Microseconds> time) {
    return time ? std::optional(common::format_timestamp(*time)) : std::nullopt;
  };
  try {
    run([&](pqxx::connection& open) {
      pqxx::nontransaction transaction(open);
      const auto& digest = work.identity.sha256;
      const auto row = transaction.exec_prepared1(
          kBeginBackfill, work.kind, pqxx::binarystring(digest.data(), digest.size()), text(work.since),
          text(work.until), common::repair_utf8(work.file_name), work.identity.bytes, restarts);
      checkpoint = {.backfill_id = row["backfill_id"].as<std::int64_t>(),
                    .lines_applied = row["lines_applied"].as<std::int64_t>()};
    });
  } catch (const BatchRefused& refused) {
    throw Unavailable("database", refused.fault());
  }
  return checkpoint;
}

void Store::apply_whole(Batch& batch, const Call& call, const OnApplied& on_applied) {
  letters_of_batch_.clear();
  apply_range(batch, 0, batch.size(), call, on_applied);
  // Theirs alone: meanwhile others may wait for a batch of another topic, say, that gets through no more.
  for (const auto& place : letters_of_batch_) kept_.erase(place);
}

/// In parts that are not too much for one statement.
void Store::apply_range(Batch& batch, std::size_t begin, std::size_t end, const Call& call,
                        const OnApplied& on_applied) {
  do {
    const auto part_end = begin + std::min(end - begin, call_size_.max_records());
    if (apply_part(batch, begin, part_end, call, on_applied)) begin = part_end;
  } while (begin < end);
}

/// False when it is to be tried again: with fewer records, or with its only event now a dead letter.
bool Store::apply_part(Batch& batch, std::size_t begin, std::size_t end, const Call& call,
                       const OnApplied& on_applied) {
  const auto records = end - begin;
  keep_dead_letters(batch, begin, end);
  try {
    BatchResult result;
    run([&](pqxx::connection& open) { result = call(open, begin, end); });
    call_size_.succeeded(records);
    on_applied(result, records);
    return true;
  } catch (const BatchRefused& refused) {
    const auto& fault = refused.fault();
    const bool took_too_long = fault.kind == common::FaultKind::split;
    if (records == 0 || (records == 1 && (took_too_long || batch.rejection(begin)))) {
      throw Unavailable("database", fault);
    }
    if (records == 1) {
      batch.reject(begin, {RejectionError::internal_error, fault.sqlstate + ": " + first_line(fault.detail)});
      return false;
    }
    common::log::warn("batch halved", {{"records", records}, {"sqlstate", fault.sqlstate}});
    if (took_too_long) {
      call_size_.took_too_long(records);
      return false;
    }
  }
  const auto middle = begin + records / 2;
  apply_range(batch, begin, middle, call, on_applied);
  apply_range(batch, middle, end, call, on_applied);
  return true;
}

/// Records of a batch that failed come again until it is applied, and are kept once.
void Store::keep_dead_letters(Batch& batch, std::size_t begin, std::size_t end) {
  if (options_.dead_letters == nullptr) return;
  std::vector<DeadLetter> letters;
  std::vector<Place> places;
  for (const auto& letter : batch.dead_letters(begin, end)) {
    const auto& record = letter.record;
    Place place{std::string(record.topic), record.partition, record.offset, record.timestamp};
    letters_of_batch_.push_back(place);
    if (kept_.contains(place)) continue;
    letters.push_back(letter);
    places.push_back(std::move(place));
  }
  if (!letters.empty()) options_.dead_letters->keep(letters);
  kept_.insert(places.begin(), places.end());
  batch.mark_kept(begin, end);
}

std::map<kafka::TopicPartition, std::int64_t> Store::read_progress() {
  std::map<kafka::TopicPartition, std::int64_t> offsets;
  try {
    run([&](pqxx::connection& open) {
      pqxx::nontransaction work(open);
      offsets.clear();
      for (const auto& row : work.exec_prepared(kReadProgress, options_.group_id)) {
        offsets[{row["topic"].as<std::string>(), row["partition"].as<std::int32_t>()}] =
            row["next_offset"].as<std::int64_t>();
      }
    });
  } catch (const BatchRefused& refused) {
    throw Unavailable("database", refused.fault());  // no data was sent that could be at fault
  }
  return offsets;
}

}  // namespace ingest
