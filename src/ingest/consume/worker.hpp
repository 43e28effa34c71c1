#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ingest/batch.hpp"
#include "ingest/config.hpp"
#include "ingest/consume/freshness.hpp"
#include "ingest/consume/group_member.hpp"
#include "ingest/consume/metrics.hpp"
#include "ingest/consume/record_limit.hpp"
#include "ingest/kafka.hpp"
#include "ingest/store.hpp"

namespace ingest {

/// What the workers of a process have in common. Any thread.
struct Shared {
  explicit Shared(std::int64_t max_records) : limit(max_records) {}

  std::atomic<bool> stopping{false};
  RecordLimit limit;
  std::atomic<std::int64_t> last_record_at_ms{0};  ///< of the steady clock, for --max-idle-seconds
  Freshness freshness;
  std::unique_ptr<DeadLetterSink> dead_letters;  ///< null: dead letters travel to the database
};

/// One consumer of the group and one connection: records from Kafka to bo.apply_batch(), in batches. The next
/// batch is read and decoded while the database applies the last one; batches of a worker are applied one
/// after the other, in the order of the log. run() may be called from one thread, healthy() and has_begun()
/// from any.
///
/// While the database is away the worker holds no records: it gives its partitions back to the client library
/// (not to the group), stays a member, and takes them up again from the offsets that the database knows.
class Worker {
 public:
  Worker(const Config& config, Shared& shared, ConsumerMetrics& metrics, int number);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Until shared.stopping; then applies what it has, commits its offsets and leaves the group.
  void run();

  /// False while the database or the place for dead letters is away.
  [[nodiscard]] bool healthy() const { return healthy_; }
  /// Has taken up what the group gave it, if only nothing.
  [[nodiscard]] bool has_begun() const { return has_begun_; }

 private:
  using Clock = std::chrono::steady_clock;
  using Offsets = std::map<kafka::TopicPartition, std::int64_t>;

  /// The batch that the database applies.
  struct Sent {
    Batch batch;
    std::vector<kafka::Message> messages;  ///< own the bytes that `batch` refers to
    Offsets next_offsets;                  ///< of all partitions, once it is applied
    Clock::time_point at;
    std::size_t records_applied = 0;  ///< the batch is applied in parts where one call does not take it
    std::future<Clock::time_point> applied;  ///< when; last, its thread uses all of the above; not valid when
                                             ///< nothing is sent
  };

  void assigned(const rd_kafka_topic_partition_list_t& partitions);
  void revoked();
  void drop_batch();
  void begin();
  [[nodiscard]] std::int64_t start_offset(const rd_kafka_topic_partition_t& partition, const Offsets& stored);

  void fill_batch();
  void take(kafka::Message message);
  void await_limit();
  void reached_log_end(const rd_kafka_message_t& end);
  void wake_fetcher();
  void send();
  void settle();
  void part_applied(const BatchResult& result, std::size_t records);
  void clear_sent();
  void count_applied(Clock::time_point applied_at);
  void store_offsets();
  void tell(const Unavailable& unavailable);
  void stand_back();
  void unassign();
  void wait_for_environment();
  [[nodiscard]] std::vector<PartitionProgress> current_progress() const;
  [[nodiscard]] bool progress_is_due() const {
    return Clock::now() - progress_at_ >= config_.progress_interval;
  }
  void close();

  const Config& config_;
  Shared& shared_;
  ConsumerMetrics& metrics_;
  int number_;
  Store store_;  ///< of the thread behind sent_.applied while there is one
  Decoder decoder_;
  Batch batch_;                           ///< that is being filled
  std::size_t max_records_;               ///< of a batch, so that one call takes it, as the database is now
  std::vector<kafka::Message> messages_;  ///< own the bytes that batch_ refers to
  std::size_t taken_bytes_ = 0;           ///< of payloads, since nothing more was waiting
  Offsets next_offsets_;                  ///< of the partitions being consumed, behind what is in batch_
  std::set<kafka::TopicPartition> revoked_;  ///< since the last assignment
  kafka::PartitionList waiting_;             ///< assigned, but not begun: the database or the broker is away
  Clock::time_point try_again_at_{};
  Backoff backoff_;
  Clock::time_point progress_at_{};
  std::atomic<bool> healthy_{true};
  std::atomic<bool> has_begun_{false};
  Sent sent_;
  GroupMember member_;  ///< last: its callbacks use all of the above
};

}  // namespace ingest
