#include "ingest/consume/group_member.hpp"

#include <zlib.h>

namespace ingest {
namespace {

/// A static member that comes back is given the partitions that it had, whatever it subscribes to now: one of
/// other topics must be another member.
std::string instance_id(const Config& config, int worker_number) {
  const auto topics = config.ledger_topic + "\n" + config.payment_order_topic;
  const auto digest = crc32_z(0, reinterpret_cast<const unsigned char*>(topics.data()), topics.size());
  return config.instance_id + "-" + std::to_string(worker_number) + "-" + std::to_string(digest);
}

}  // namespace

kafka::Handle make_group_member(const Config& config, int worker_number, OnRebalance on_rebalance,
                                void* opaque) {
  auto settings = config.kafka;
  settings.insert(settings.end(), config.kafka_consumer.begin(), config.kafka_consumer.end());
  settings.emplace_back("client.id", "bo-sync-consumer-" + std::to_string(worker_number));
  if (!config.instance_id.empty())
    settings.emplace_back("group.instance.id", instance_id(config, worker_number));
  auto conf = kafka::make_conf(settings);
  rd_kafka_conf_set_opaque(conf.get(), opaque);
  rd_kafka_conf_set_rebalance_cb(conf.get(), on_rebalance);
  auto client = kafka::make_consumer(std::move(conf));
  rd_kafka_poll_set_consumer(client.get());
  return client;
}

void join_group(rd_kafka_t& client, const Config& config, int timeout_ms) {
  const kafka::PartitionList asked(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(asked.get(), config.ledger_topic.c_str(), 0);
  if (const auto error = rd_kafka_committed(&client, asked.get(), timeout_ms);
      error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw kafka::Error(std::string("coordinator of the group: ") + rd_kafka_err2str(error));

  const kafka::PartitionList topics(rd_kafka_topic_partition_list_new(2));
  for (const auto& topic : {config.ledger_topic, config.payment_order_topic})
    rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  if (const auto error = rd_kafka_subscribe(&client, topics.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw kafka::Error(std::string("subscribe: ") + rd_kafka_err2str(error));
}

}  // namespace ingest
