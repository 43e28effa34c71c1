#include "ingest/consume/worker.hpp"

#include <algorithm>
#include <utility>

#include "common/log.hpp"

namespace ingest {
namespace {

namespace log = common::log;

/// Of a request that only wakes the client library.
constexpr int kWakeTimeoutMs = 100;

std::int64_t to_milliseconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

Microseconds now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

RecordView view_of(const rd_kafka_message_t& message) {
  RecordView record{.topic = kafka::topic_of(message),
                    .partition = message.partition,
                    .offset = message.offset,
                    .key = kafka::key_of(message),
                    .payload = kafka::payload_of(message),
                    .headers = {},
                    .timestamp = kafka::timestamp_of(message)};
  for (const auto& header : kafka::headers_of(message)) record.headers.push_back({header.name, header.value});
  return record;
}

}  // namespace

Worker::Worker(const Config& config, Shared& shared, ConsumerMetrics& metrics, int number)
    : config_(config),
      shared_(shared),
      metrics_(metrics),
      number_(number),
      store_({.database_url = config.database_url,
              .session = config.session,
              .group_id = config.group_id,
              .dead_letters = shared.dead_letters.get()}),
      decoder_(config.profile, config.contract),
      batch_(config.profile.id),
      max_records_(config.batch.max_events),
      backoff_(config.backoff),
      sent_{.batch = Batch(config.profile.id), .messages = {}, .next_offsets = {}, .at = {}, .applied = {}},
      member_(config, number,
              {.assigned = [this](const auto& partitions) { assigned(partitions); },
               .revoked = [this] { revoked(); }}) {}

/// Messages go before the client that they came from.
Worker::~Worker() {
  if (sent_.applied.valid()) sent_.applied.wait();
  sent_.messages.clear();
  messages_.clear();
}

void Worker::run() {
  while (!shared_.stopping) {
    try {
      if (!member_.is_member()) {
        member_.join();
      } else if (waiting_) {
        wait_for_environment();
      } else {
        fill_batch();
        if (!batch_.empty() || progress_is_due()) send();
      }
    } catch (const Unavailable& unavailable) {
      tell(unavailable);
      stand_back();
    } catch (const GroupMember::Fenced& fenced) {
      member_.renew(fenced);
    }
  }
  close();
}

// Partitions: taken up, handed back.

/// begin() takes them up, outside of the callback.
void Worker::assigned(const rd_kafka_topic_partition_list_t& partitions) {
  waiting_.reset(rd_kafka_topic_partition_list_copy(&partitions));
  try_again_at_ = Clock::now();
  const auto mine = kafka::partitions_of(partitions);
  for (const auto& partition : std::exchange(revoked_, {})) {
    if (!mine.contains(partition)) shared_.freshness.forget(partition);
  }
}

/// Whose the partitions are next the group says with the next assignment.
void Worker::revoked() {
  try {
    settle();
  } catch (const Unavailable& unavailable) {
    tell(unavailable);
  }
  log::info("partitions revoked", {{"worker", number_}, {"dropped_records", batch_.size()}});
  auto mine = waiting_ ? kafka::partitions_of(*waiting_) : std::set<kafka::TopicPartition>();
  for (const auto& [partition, offset] : next_offsets_) mine.insert(partition);
  for (const auto& partition : mine) shared_.freshness.revoked(partition);
  revoked_.merge(mine);
  has_begun_ = false;
  next_offsets_.clear();
  drop_batch();
  waiting_.reset();
}

/// Not applied, so not committed: whoever has the partitions next reads these records again.
void Worker::drop_batch() {
  shared_.limit.give_back(batch_.size());
  batch_.clear();
  messages_.clear();
}

/// Throws Unavailable, or kafka::Error when the broker does not answer.
void Worker::begin() {
  settle();
  const auto stored = store_.read_progress();
  auto& partitions = *waiting_;
  if (const auto error = rd_kafka_committed(member_.client(), &partitions, config_.kafka.answer_timeout_ms);
      error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw kafka::Error(std::string("committed offsets: ") + rd_kafka_err2str(error));
  }
  Offsets starts;
  for (int i = 0; i < partitions.cnt; ++i) {
    auto& partition = partitions.elems[i];
    partition.offset = start_offset(partition, stored);
    starts[{partition.topic, partition.partition}] = partition.offset;
    log::info("partition begun", {{"worker", number_},
                                  {"topic", partition.topic},
                                  {"partition", partition.partition},
                                  {"offset", partition.offset}});
  }
  if (const auto error = rd_kafka_assign(member_.client(), &partitions);
      error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw kafka::Error(std::string("assign: ") + rd_kafka_err2str(error));
  }
  next_offsets_ = std::move(starts);
  for (const auto& [partition, offset] : next_offsets_) shared_.freshness.applied(partition, offset);
  waiting_.reset();
  has_begun_ = true;
  progress_at_ = {};  // that the database can be read is no proof yet that it takes a batch
}

/// The smaller of what the group and the database know, so that a database that was restored catches up. A
/// database that knows nothing of a partition has applied nothing of it.
std::int64_t Worker::start_offset(const rd_kafka_topic_partition_t& partition, const Offsets& stored) {
  const bool has_committed = partition.offset >= 0;
  const auto known = stored.find({partition.topic, partition.partition});
  if (known != stored.end()) return has_committed ? std::min(partition.offset, known->second) : known->second;
  if (has_committed && !config_.starts_at_earliest) return partition.offset;

  std::int64_t low = 0;
  std::int64_t high = 0;
  const auto error = rd_kafka_query_watermark_offsets(member_.client(), partition.topic, partition.partition,
                                                      &low, &high, config_.kafka.answer_timeout_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw kafka::Error(std::string("log ends: ") + rd_kafka_err2str(error));
  return config_.starts_at_earliest ? low : high;
}

// Records: read, applied.

void Worker::fill_batch() {
  auto closes_at = Clock::now() + config_.poll_timeout;
  while (!shared_.stopping && !waiting_ && batch_.size() < max_records_ &&
         batch_.bytes() < config_.batch.max_bytes) {
    const auto left = std::max<std::int64_t>(0, to_milliseconds(closes_at - Clock::now()));
    const bool was_empty = batch_.empty();
    const bool only_sent_is_left = was_empty && sent_.applied.valid();
    auto message = member_.poll(only_sent_is_left ? 0 : left);
    if (message && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      if (!shared_.limit.take()) return await_limit();
      take(std::move(message));
      if (was_empty) {
        const auto now = Clock::now();
        closes_at = now + config_.batch.max_wait;
        shared_.last_record_at_ms = to_milliseconds(now.time_since_epoch());
      }
    } else if (message && message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      reached_log_end(*message);
    } else if (message) {
      member_.report(*message);
    } else {
      wake_fetcher();
      if (only_sent_is_left) {
        settle();
      } else if (left == 0) {
        return;
      }
    }
  }
}

void Worker::take(kafka::Message message) {
  const auto record = view_of(*message);
  // A record that was fetched before its partition went away comes again to its next owner.
  const auto position = next_offsets_.find({std::string(record.topic), record.partition});
  if (position == next_offsets_.end()) return shared_.limit.give_back(1);
  position->second = record.offset + 1;
  taken_bytes_ += record.payload ? record.payload->size() : 0;

  const auto decoded = decoder_.decode(
      kind_of(record.topic, config_.ledger_topic, config_.payment_order_topic), record.payload);
  batch_.add(record, decoded);
  messages_.push_back(std::move(message));
}

/// As many records are read as there may be. Those of a batch that fails may be read again, by any worker; so
/// the one more that has just been read must come again, too.
void Worker::await_limit() {
  if (!batch_.empty()) send();
  settle();
  if (shared_.stopping) return;
  unassign();
  try_again_at_ = Clock::now() + config_.poll_timeout;
}

/// Behind the last record there may be marks of transactions: they count as applied, or the log would never
/// seem to be read to its end.
void Worker::reached_log_end(const rd_kafka_message_t& end) {
  const auto position = next_offsets_.find({std::string(kafka::topic_of(end)), end.partition});
  if (position != next_offsets_.end()) position->second = std::max(position->second, end.offset);
}

/// The client library stops fetching when KAFKA_QUEUED_MAX_KBYTES wait, and looks again up to a second later
/// (https://github.com/confluentinc/librdkafka, CHANGELOG of 2.2.0, fetch.queue.backoff.ms). If so much was
/// taken since nothing waited, and there is more in the log, it sleeps: any request wakes it.
void Worker::wake_fetcher() {
  const bool may_sleep = taken_bytes_ >= config_.queued_max_bytes / 2;
  taken_bytes_ = 0;
  if (!may_sleep) return;
  const kafka::PartitionList behind(
      rd_kafka_topic_partition_list_new(static_cast<int>(next_offsets_.size())));
  for (const auto& [partition, offset] : next_offsets_) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    const auto known = rd_kafka_get_watermark_offsets(member_.client(), partition.topic.c_str(),
                                                      partition.partition, &low, &high);
    if (known == RD_KAFKA_RESP_ERR_NO_ERROR && offset < high) {
      rd_kafka_topic_partition_list_add(behind.get(), partition.topic.c_str(), partition.partition)->offset =
          RD_KAFKA_OFFSET_END;
    }
  }
  // Each leader is asked for the ends of its logs; the answers are of no interest.
  if (behind->cnt > 0) rd_kafka_offsets_for_times(member_.client(), behind.get(), kWakeTimeoutMs);
}

std::vector<PartitionProgress> Worker::current_progress() const {
  std::vector<PartitionProgress> progress;
  for (const auto& [partition, offset] : next_offsets_) {
    progress.push_back({.topic = partition.topic,
                        .partition = partition.partition,
                        .next_offset = offset,
                        .caught_up_at = shared_.freshness.caught_up_at(partition, offset),
                        .kind = kind_of(partition.topic, config_.ledger_topic, config_.payment_order_topic)});
  }
  return progress;
}

/// Hands the batch over to the database, once that is done with the last one. Throws Unavailable.
void Worker::send() {
  settle();
  std::swap(batch_, sent_.batch);
  std::swap(messages_, sent_.messages);
  sent_.next_offsets = next_offsets_;
  sent_.at = progress_at_ = Clock::now();
  if (!sent_.batch.empty()) shared_.last_record_at_ms = to_milliseconds(sent_.at.time_since_epoch());
  // Where no thread can be had, settle() does the work.
  const auto policy = std::launch::async | std::launch::deferred;
  sent_.applied = std::async(policy, [this, progress = current_progress()] {
    store_.apply(sent_.batch, progress,
                 [this](const BatchResult& result, std::size_t records) { part_applied(result, records); });
    return Clock::now();
  });
}

/// All parts of a batch may take longer than the watchdog is patient, and so may the batches before the first
/// record of a partition.
void Worker::part_applied(const BatchResult& result, std::size_t records) {
  metrics_.applied(result);
  sent_.records_applied += records;
  const bool is_slow = store_.max_records_per_call() < config_.batch.max_events;
  if (!is_slow || records == 0) return;
  for (const auto& [partition, offset] : sent_.next_offsets) shared_.freshness.awaits_turn(partition);
}

/// Waits for the batch that was sent. Throws Unavailable when it could not be applied: it is forgotten then,
/// since its records come again.
void Worker::settle() {
  if (!sent_.applied.valid()) return;
  try {
    const auto applied_at = sent_.applied.get();
    backoff_.reset();
    healthy_ = true;
    count_applied(applied_at);
    store_offsets();
    clear_sent();
  } catch (...) {
    clear_sent();
    throw;
  }
}

/// Of a batch that failed some parts may have been applied.
void Worker::clear_sent() {
  shared_.limit.give_back(sent_.batch.size() - sent_.records_applied);
  if (shared_.limit.count_applied(sent_.records_applied)) shared_.stopping = true;
  sent_.records_applied = 0;
  max_records_ = std::min(config_.batch.max_events, store_.max_records_per_call());
  sent_.batch.clear();
  sent_.messages.clear();
}

void Worker::count_applied(Clock::time_point applied_at) {
  const auto& batch = sent_.batch;
  if (batch.empty()) return;
  const auto since_applied = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - applied_at);
  metrics_.batch(batch, std::chrono::duration<double>(applied_at - sent_.at).count(),
                 now_us() - since_applied.count());
}

/// For the group; the client library commits what is stored here every second, and when partitions are handed
/// back.
void Worker::store_offsets() {
  const kafka::PartitionList offsets(
      rd_kafka_topic_partition_list_new(static_cast<int>(sent_.next_offsets.size())));
  for (const auto& [partition, offset] : sent_.next_offsets) {
    shared_.freshness.applied(partition, offset);
    rd_kafka_topic_partition_list_add(offsets.get(), partition.topic.c_str(), partition.partition)->offset =
        offset;
  }
  if (offsets->cnt == 0) return;
  const auto error = rd_kafka_offsets_store(member_.client(), offsets.get());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    log::warn("offsets not stored", {{"worker", number_}, {"error", rd_kafka_err2str(error)}});
  }
}

// The database is away, or the place for dead letters.

void Worker::tell(const Unavailable& unavailable) {
  const auto& fault = unavailable.fault();
  metrics_.environment_fault(unavailable.part(), fault.sqlstate);
  log::warn(unavailable.part() + " away",
            {{"worker", number_}, {"sqlstate", fault.sqlstate}, {"detail", fault.detail}});
}

/// Forgets all records: they come again from where the database has got to.
void Worker::stand_back() {
  healthy_ = false;
  drop_batch();
  unassign();
  try_again_at_ = Clock::now() + backoff_.next();
}

/// Gives the partitions back to the client library, not to the group; begin() takes them up again.
void Worker::unassign() {
  if (next_offsets_.empty()) return;
  has_begun_ = false;
  waiting_.reset(rd_kafka_topic_partition_list_new(static_cast<int>(next_offsets_.size())));
  for (const auto& [partition, offset] : next_offsets_) {
    rd_kafka_topic_partition_list_add(waiting_.get(), partition.topic.c_str(), partition.partition);
  }
  next_offsets_.clear();
  const kafka::PartitionList none(rd_kafka_topic_partition_list_new(0));
  rd_kafka_assign(member_.client(), none.get());
}

/// Serves rebalances until it is time to try again, then tries once. Throws Unavailable.
void Worker::wait_for_environment() {
  const auto left = std::max<std::int64_t>(0, to_milliseconds(try_again_at_ - Clock::now()));
  const auto poll_ms = std::min<std::int64_t>(left, config_.poll_timeout.count());
  member_.serve(poll_ms);
  if (!waiting_ || Clock::now() < try_again_at_) return;
  try {
    begin();
  } catch (const kafka::Error& error) {
    member_.tell_broker_away(error);
    try_again_at_ = Clock::now() + config_.backoff.max;
  }
}

void Worker::close() {
  try {
    if (!batch_.empty()) send();
    settle();
  } catch (const Unavailable& unavailable) {
    tell(unavailable);
  }
  member_.leave();
}

}  // namespace ingest
