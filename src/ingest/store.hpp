#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "common/session.hpp"
#include "ingest/batch.hpp"
#include "ingest/byte_stream.hpp"
#include "ingest/call_size.hpp"
#include "ingest/dead_letters/dead_letter.hpp"
#include "ingest/kafka.hpp"
#include "ingest/unavailable.hpp"

namespace ingest {

struct WriteCounts {
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t duplicate = 0;
  std::int64_t stale = 0;
  std::int64_t version_missing = 0;
};

/// What bo.apply_batch() says it did.
struct BatchResult {
  WriteCounts ledger;
  WriteCounts orders;
  std::int64_t pairs_touched = 0;
  std::int64_t pairs_incomplete = 0;
  std::int64_t pairing_skipped = 0;
  std::optional<double> oldest_incomplete_age_sec;
};

/// A file that is backfilled, and what of it.
struct BackfillWork {
  std::string kind;  ///< ledger or payment_order
  FileIdentity identity;
  std::string file_name;
  std::optional<Microseconds> since;
  std::optional<Microseconds> until;
};

struct BackfillCheckpoint {
  std::optional<std::int64_t> backfill_id;  ///< nothing: of a stream, which has no checkpoint
  std::int64_t lines_applied = 0;           ///< all lines up to it
  bool is_finished = false;
};

/// Throws what libpqxx throws.
[[nodiscard]] WireTypes read_wire_types(pqxx::connection& connection);

/// One connection, and the calls of schema bo. One thread.
class Store {
 public:
  struct Options {
    std::string database_url;
    common::SessionOptions session;
    std::string group_id;
    int immediate_retries = 3;               ///< of a deadlock or a serialization failure, before giving up
    DeadLetterSink* dead_letters = nullptr;  ///< outlives the store; null: they travel with their batch
  };
  /// Called with each part that was committed, and how many records it had.
  using OnApplied = std::function<void(const BatchResult&, std::size_t records)>;

  explicit Store(Options options);

  /// Applies the whole batch and notes `progress`, which must be what holds once the batch is applied. A
  /// refused batch is halved until the guilty event stands alone; that one becomes a dead letter, in `batch`
  /// too. A batch that takes too long is applied in parts, as are those after it while the database is slow.
  /// Dead letters are kept before anything of their part is applied. Parts commit in order, each with the
  /// progress that holds then. Throws Unavailable; parts that were committed stay so, and trying again is
  /// harmless.
  void apply(Batch& batch, const std::vector<PartitionProgress>& progress, const OnApplied& on_applied);

  /// Applies the batch like apply(), and notes `checkpoint`, which must be what holds once the batch is
  /// applied.
  void apply_backfill(Batch& batch, const BackfillCheckpoint& checkpoint, const OnApplied& on_applied);
  /// The checkpoint of an earlier run that was not finished, else one at the beginning of the file;
  /// `restarts` forgets the former. Throws Unavailable.
  [[nodiscard]] BackfillCheckpoint begin_backfill(const BackfillWork& work, bool restarts);

  /// How many records the database is fast enough for in one call; a larger batch takes several.
  [[nodiscard]] std::size_t max_records_per_call() const { return call_size_.max_records(); }

  /// Next offsets that the database knows of. Throws Unavailable.
  [[nodiscard]] std::map<kafka::TopicPartition, std::int64_t> read_progress();

 private:
  /// Topic, partition, offset and timestamp of a record.
  using Place = std::tuple<std::string, std::int32_t, std::int64_t, std::optional<Microseconds>>;
  /// One call that applies the records of a batch from `begin` to before `end`.
  using Call = std::function<BatchResult(pqxx::connection&, std::size_t begin, std::size_t end)>;

  void apply_whole(Batch& batch, const Call& call, const OnApplied& on_applied);
  void apply_range(Batch& batch, std::size_t begin, std::size_t end, const Call& call,
                   const OnApplied& on_applied);
  [[nodiscard]] bool apply_part(Batch& batch, std::size_t begin, std::size_t end, const Call& call,
                                const OnApplied& on_applied);
  void keep_dead_letters(Batch& batch, std::size_t begin, std::size_t end);
  /// Runs `work` on the connection, again at once where that may help. Throws BatchRefused for faults
  /// of the data.
  void run(const std::function<void(pqxx::connection&)>& work);
  void prepare(pqxx::connection& connection);

  const Options options_;
  WireTypes types_;
  common::Session session_;
  CallSize call_size_;
  std::set<Place> kept_;  ///< dead letters that were kept elsewhere, of batches not applied yet
  std::vector<Place> letters_of_batch_;  ///< that is being applied, also those that were kept before
};

}  // namespace ingest
