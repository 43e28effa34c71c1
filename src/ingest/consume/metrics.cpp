#include "ingest/consume/metrics.hpp"

#include <algorithm>

namespace ingest {
namespace {

const prometheus::Histogram::BucketBoundaries kLagBuckets = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5,  1,
                                                             2.5,  5,     10,   60,  600,  3600, 86400};
const prometheus::Histogram::BucketBoundaries kCountBuckets = {1, 10, 100, 500, 1000, 2000, 5000, 10000};

void add(prometheus::Counter& counter, std::int64_t count) {
  if (count > 0) counter.Increment(static_cast<double>(count));
}

/// Nothing: this process has no such figure now, so that none of before is taken for one.
void set(prometheus::Family<prometheus::Gauge>& family, const prometheus::Labels& labels,
         std::optional<double> value) {
  if (value) {
    family.Add(labels).Set(*value);
  } else if (family.Has(labels)) {
    family.Remove(&family.Add(labels));
  }
}

}  // namespace

ConsumerMetrics::ConsumerMetrics(common::Metrics& metrics, std::string profile_id, std::string ledger_topic,
                                 std::string payment_order_topic)
    : profile_id_(std::move(profile_id)),
      ledger_topic_(std::move(ledger_topic)),
      payment_order_topic_(std::move(payment_order_topic)),
      messages_(metrics.counters("consumer_messages_total", "Records applied, by outcome")),
      event_lag_(metrics.histograms("consumer_event_lag_seconds",
                                    "Oldest record of a topic in a batch: from its timestamp to the commit")),
      kafka_lag_(metrics.gauges("consumer_kafka_lag", "Records between the applied offset and the log end")),
      freshness_(metrics.gauges("consumer_freshness_seconds",
                                "Age of the answers: since when all of the topic is applied")),
      dlq_(metrics.counters("consumer_dlq_total", "Records that became dead letters")),
      version_missing_(
          metrics.counters("consumer_version_missing_total", "Events with neither version nor updated_at")),
      alias_hits_(metrics.counters("consumer_contract_alias_hit_total", "Values taken from an alias")),
      violations_(
          metrics.counters("consumer_contract_core_violation_total", "Records that break the contract")),
      profile_messages_(
          metrics.counters("consumer_contract_profile_messages_total", "Records applied by a profile")),
      profile_ledger_messages_(profile_messages_.Add({{"profile", profile_id_}, {"topic", ledger_topic_}})),
      profile_payment_order_messages_(
          profile_messages_.Add({{"profile", profile_id_}, {"topic", payment_order_topic_}})),
      times_without_offset_(
          metrics.counters("consumer_time_without_offset_total", "Times read as UTC for want of an offset")),
      environment_faults_(metrics.counters("consumer_environment_faults_total",
                                           "Tries that failed by the environment, by what was away")),
      batch_records_(
          metrics.histograms("consumer_batch_records", "Records of a batch").Add({}, kCountBuckets)),
      batch_seconds_(metrics.histograms("consumer_batch_seconds", "Time of a batch in the database")
                         .Add({}, common::latency_buckets())),
      pairing_(metrics.counters("pairing_total", "Pairs written").Add({})),
      pairing_incomplete_(
          metrics.counters("pairing_incomplete_total", "Pairs written and left INCOMPLETE").Add({})),
      pairing_incomplete_age_(metrics
                                  .histograms("pairing_incomplete_age_seconds",
                                              "Oldest pair that a batch left INCOMPLETE, by event time")
                                  .Add({}, kLagBuckets)),
      pairing_skipped_(
          metrics.counters("pairing_skipped_non_payment_order_total", "Entries of another related_type")
              .Add({})),
      pairing_drift_(metrics.gauges(
          "pairing_drift",
          "Pairs of the last sample that differ from the ledger, 0 expected; of one process at a time")),
      pairing_checked_(
          metrics.counters("pairing_checked_orders_total", "Orders whose pairs were checked").Add({})) {
  // From 0 on: to an alert on its increase, a series that begins with its first count has not increased.
  for (const auto& topic : {ledger_topic_, payment_order_topic_}) {
    for (const auto error : kRejectionErrors)
      dlq_.Add({{"topic", topic}, {"error", std::string(name_of(error))}});
    violations_.Add({{"profile", profile_id_}, {"topic", topic}});
    version_missing_.Add({{"topic", topic}});
  }
}

void ConsumerMetrics::batch(const Batch& batch, double seconds, Microseconds committed_at) {
  std::map<std::string_view, Microseconds> oldest;
  batch_records_.Observe(static_cast<double>(batch.size()));
  batch_seconds_.Observe(seconds);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto topic = batch.topic(i);
    (topic == ledger_topic_ ? profile_ledger_messages_ : profile_payment_order_messages_).Increment();
    if (const auto error = batch.rejection(i)) dead_letter(std::string(topic), *error);
    if (const auto timestamp = batch.timestamp(i)) {
      auto& known = oldest.try_emplace(topic, *timestamp).first->second;
      known = std::min(known, *timestamp);
    }
  }
  for (const auto& [topic, timestamp] : oldest) {
    event_lag_.Add({{"topic", std::string(topic)}}, kLagBuckets)
        .Observe(static_cast<double>(std::max<Microseconds>(0, committed_at - timestamp)) / 1e6);
  }
  for (const auto& [hit, count] : batch.alias_hits()) {
    const auto& [topic, alias] = hit;
    add(alias_hits_.Add(
            {{"profile", profile_id_}, {"topic", std::string(topic)}, {"alias", std::string(alias)}}),
        count);
  }
  for (const auto& [topic, count] : batch.times_without_offset())
    add(times_without_offset_.Add({{"topic", std::string(topic)}}), count);
}

void ConsumerMetrics::dead_letter(const std::string& topic, RejectionError error) {
  messages_.Add({{"topic", topic}, {"status", "dlq"}}).Increment();
  dlq_.Add({{"topic", topic}, {"error", std::string(name_of(error))}}).Increment();
  if (error == RejectionError::contract_core_violation)
    violations_.Add({{"profile", profile_id_}, {"topic", topic}}).Increment();
}

void ConsumerMetrics::writes(const std::string& topic, const WriteCounts& counts) {
  const std::pair<const char*, std::int64_t> outcomes[] = {{"inserted", counts.inserted},
                                                           {"updated", counts.updated},
                                                           {"duplicate", counts.duplicate},
                                                           {"stale", counts.stale}};
  for (const auto& [status, count] : outcomes) {
    if (count > 0) add(messages_.Add({{"topic", topic}, {"status", status}}), count);
  }
  if (counts.version_missing > 0) add(version_missing_.Add({{"topic", topic}}), counts.version_missing);
}

void ConsumerMetrics::applied(const BatchResult& result) {
  writes(ledger_topic_, result.ledger);
  writes(payment_order_topic_, result.orders);
  add(pairing_, result.pairs_touched);
  add(pairing_incomplete_, result.pairs_incomplete);
  add(pairing_skipped_, result.pairing_skipped);
  if (result.oldest_incomplete_age_sec) pairing_incomplete_age_.Observe(*result.oldest_incomplete_age_sec);
}

void ConsumerMetrics::environment_fault(std::string_view part, std::string_view sqlstate) {
  environment_faults_
      .Add({{"part", std::string(part)}, {"sqlstate", sqlstate.empty() ? "none" : std::string(sqlstate)}})
      .Increment();
}

void ConsumerMetrics::pair_check(const std::optional<PairCheck>& check) {
  set(pairing_drift_, {}, check ? std::optional(static_cast<double>(check->drifted)) : std::nullopt);
  if (check) add(pairing_checked_, check->checked);
}

void ConsumerMetrics::freshness(const std::map<kafka::TopicPartition, PartitionFreshness>& partitions) {
  const auto now = Freshness::Clock::now();
  std::map<std::string, std::optional<double>> oldest;
  for (const auto& [partition, known] : partitions) {
    std::optional<double> lag;
    if (known.next_offset && known.log_end)
      lag = static_cast<double>(std::max<std::int64_t>(0, *known.log_end - *known.next_offset));
    set(kafka_lag_, {{"topic", partition.topic}, {"partition", std::to_string(partition.partition)}}, lag);

    auto& age = oldest[partition.topic];
    if (known.applied_through)
      age = std::max(age, std::optional(std::chrono::duration<double>(now - *known.applied_through).count()));
  }
  for (const auto& [topic, age] : oldest) set(freshness_, {{"topic", topic}}, age);
}

}  // namespace ingest
