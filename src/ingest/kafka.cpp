#include "ingest/kafka.hpp"

#include <array>

namespace ingest::kafka {

Conf make_conf(const Settings& settings) {
  Conf conf(rd_kafka_conf_new());
  std::array<char, 512> error{};
  for (const auto& [name, value] : settings) {
    if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), error.data(), error.size()) !=
        RD_KAFKA_CONF_OK) {
      throw Error("Kafka setting " + name + ": " + error.data());
    }
  }
  return conf;
}

namespace {

Handle make_client(rd_kafka_type_t type, Conf conf) {
  std::array<char, 512> error{};
  Handle handle(rd_kafka_new(type, conf.get(), error.data(), error.size()));
  if (!handle) throw Error(std::string("Kafka client: ") + error.data());
  static_cast<void>(conf.release());  // rd_kafka_new() owns it once it has succeeded
  return handle;
}

}  // namespace

Handle make_consumer(Conf conf) {
  return make_client(RD_KAFKA_CONSUMER, std::move(conf));
}

Handle make_producer(Conf conf) {
  return make_client(RD_KAFKA_PRODUCER, std::move(conf));
}

std::vector<std::int32_t> partition_ids(rd_kafka_t& client, const std::string& topic, int timeout_ms) {
  const Topic handle(rd_kafka_topic_new(&client, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* found = nullptr;
  auto error = rd_kafka_metadata(&client, 0, handle.get(), &found, timeout_ms);
  const Metadata metadata(found);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) error = metadata->topics[0].err;
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw Error(topic + ": " + rd_kafka_err2str(error));
  const auto& described = metadata->topics[0];
  std::vector<std::int32_t> ids;
  ids.reserve(static_cast<std::size_t>(described.partition_cnt));
  for (int i = 0; i < described.partition_cnt; ++i) ids.push_back(described.partitions[i].id);
  return ids;
}

std::set<TopicPartition> partitions_of(const rd_kafka_topic_partition_list_t& list) {
  std::set<TopicPartition> partitions;
  for (int i = 0; i < list.cnt; ++i) partitions.insert({list.elems[i].topic, list.elems[i].partition});
  return partitions;
}

std::string_view topic_of(const rd_kafka_message_t& message) {
  return rd_kafka_topic_name(message.rkt);
}

std::optional<std::string_view> key_of(const rd_kafka_message_t& message) {
  if (message.key == nullptr) return std::nullopt;
  return std::string_view(static_cast<const char*>(message.key), message.key_len);
}

std::optional<std::string_view> payload_of(const rd_kafka_message_t& message) {
  if (message.payload == nullptr) return std::nullopt;
  return std::string_view(static_cast<const char*>(message.payload), message.len);
}

std::vector<RecordHeader> headers_of(const rd_kafka_message_t& message) {
  std::vector<RecordHeader> headers;
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(&message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(list, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
    std::optional<std::string_view> bytes;
    if (value != nullptr) bytes.emplace(static_cast<const char*>(value), size);
    headers.push_back({name, bytes});
  }
  return headers;
}

std::optional<std::int64_t> timestamp_of(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  const std::int64_t milliseconds = rd_kafka_message_timestamp(&message, &type);
  // Brokers before 4.0 take any number, nanoseconds by mistake too, which no table could store.
  constexpr std::int64_t kEndOfYear9999 = 253'402'300'800'000;
  const bool is_time = milliseconds >= 0 && milliseconds < kEndOfYear9999;
  if (type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE || !is_time) return std::nullopt;
  return milliseconds * 1000;
}

}  // namespace ingest::kafka
