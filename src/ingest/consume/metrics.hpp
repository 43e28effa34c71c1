#pragma once

#include <string>
#include <string_view>

#include "common/metrics.hpp"
#include "ingest/batch.hpp"
#include "ingest/consume/freshness.hpp"
#include "ingest/repair/pair_store.hpp"
#include "ingest/store.hpp"

namespace ingest {

/// The consumer's metrics (contract.md section 9). Any thread.
class ConsumerMetrics {
 public:
  ConsumerMetrics(common::Metrics& metrics, std::string profile_id, std::string ledger_topic,
                  std::string payment_order_topic);

  /// What the database says of a part of a batch.
  void applied(const BatchResult& result);
  /// What its records were, how long the database took and when it was done; once it is, since they may be
  /// read again before.
  void batch(const Batch& batch, double seconds, Microseconds committed_at);
  void environment_fault(std::string_view part, std::string_view sqlstate);
  /// Nothing: another process watches, or the check failed; then this one tells no drift.
  void pair_check(const std::optional<PairCheck>& check);
  void freshness(const std::map<kafka::TopicPartition, PartitionFreshness>& partitions);

 private:
  void dead_letter(const std::string& topic, RejectionError error);
  void writes(const std::string& topic, const WriteCounts& counts);

  std::string profile_id_;
  std::string ledger_topic_;
  std::string payment_order_topic_;
  prometheus::Family<prometheus::Counter>& messages_;
  prometheus::Family<prometheus::Histogram>& event_lag_;
  prometheus::Family<prometheus::Gauge>& kafka_lag_;
  prometheus::Family<prometheus::Gauge>& freshness_;
  prometheus::Family<prometheus::Counter>& dlq_;
  prometheus::Family<prometheus::Counter>& version_missing_;
  prometheus::Family<prometheus::Counter>& alias_hits_;
  prometheus::Family<prometheus::Counter>& violations_;
  prometheus::Family<prometheus::Counter>& profile_messages_;
  prometheus::Counter& profile_ledger_messages_;
  prometheus::Counter& profile_payment_order_messages_;
  prometheus::Family<prometheus::Counter>& times_without_offset_;
  prometheus::Family<prometheus::Counter>& environment_faults_;
  prometheus::Histogram& batch_records_;
  prometheus::Histogram& batch_seconds_;
  prometheus::Counter& pairing_;
  prometheus::Counter& pairing_incomplete_;
  prometheus::Histogram& pairing_incomplete_age_;
  prometheus::Counter& pairing_skipped_;
  prometheus::Family<prometheus::Gauge>& pairing_drift_;
  prometheus::Counter& pairing_checked_;
};

}  // namespace ingest
