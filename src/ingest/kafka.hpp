#pragma once

#include <librdkafka/rdkafka.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// librdkafka with owners. Nothing here decides anything.
namespace ingest::kafka {

template <auto Destroy>
struct Deleter {
  template <class T>
  void operator()(T* handle) const {
    Destroy(handle);
  }
};
using Handle = std::unique_ptr<rd_kafka_t, Deleter<rd_kafka_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Deleter<rd_kafka_message_destroy>>;
using PartitionList =
    std::unique_ptr<rd_kafka_topic_partition_list_t, Deleter<rd_kafka_topic_partition_list_destroy>>;
using Topic = std::unique_ptr<rd_kafka_topic_t, Deleter<rd_kafka_topic_destroy>>;
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Deleter<rd_kafka_metadata_destroy>>;
using Conf = std::unique_ptr<rd_kafka_conf_t, Deleter<rd_kafka_conf_destroy>>;

class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct TopicPartition {
  std::string topic;
  std::int32_t partition = 0;

  bool operator<(const TopicPartition& other) const {
    return std::tie(topic, partition) < std::tie(other.topic, other.partition);
  }
};

/// By librdkafka's names.
using Settings = std::vector<std::pair<std::string, std::string>>;

/// How to reach them, and how long a question to them may take.
struct Brokers {
  Settings settings;
  int answer_timeout_ms = 2000;
};

/// Throws Error for a setting that librdkafka refuses.
[[nodiscard]] Conf make_conf(const Settings& settings);
/// A consumer; takes the configuration over. Throws Error.
[[nodiscard]] Handle make_consumer(Conf conf);
/// A producer; takes the configuration over. Throws Error.
[[nodiscard]] Handle make_producer(Conf conf);

/// The partitions of a topic that exists. Throws Error, also when the topic is not known.
[[nodiscard]] std::vector<std::int32_t> partition_ids(rd_kafka_t& client, const std::string& topic,
                                                      int timeout_ms);

[[nodiscard]] std::set<TopicPartition> partitions_of(const rd_kafka_topic_partition_list_t& list);

struct RecordHeader {
  std::string_view name;
  std::optional<std::string_view> value;
};

/// Views into the message.
[[nodiscard]] std::string_view topic_of(const rd_kafka_message_t& message);
[[nodiscard]] std::optional<std::string_view> key_of(const rd_kafka_message_t& message);
[[nodiscard]] std::optional<std::string_view> payload_of(const rd_kafka_message_t& message);
[[nodiscard]] std::vector<RecordHeader> headers_of(const rd_kafka_message_t& message);
/// Microseconds since 1970; nothing when the record has no timestamp, or one that is no time up to the year
/// 9999.
[[nodiscard]] std::optional<std::int64_t> timestamp_of(const rd_kafka_message_t& message);

}  // namespace ingest::kafka
