#include "ingest/consume/log_end_watch.hpp"

#include "common/log.hpp"

namespace ingest {
namespace {

constexpr int kBrokerTimeoutMs = 1000;

}  // namespace

LogEndWatch::LogEndWatch(const Config& config, Freshness& freshness)
    : config_(config), freshness_(freshness) {
  auto settings = config.kafka;
  settings.emplace_back("group.id", config.group_id);
  settings.emplace_back("client.id", "bo-sync-consumer-log-end");
  settings.emplace_back("socket.timeout.ms",
                        "1000");  // librdkafka 2.0.2 waits this long whatever timeout it is given
  client_ = kafka::make_consumer(kafka::make_conf(settings));
  thread_ = std::thread([this] { run(); });
}

LogEndWatch::~LogEndWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void LogEndWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    ask(config_.ledger_topic);
    ask(config_.payment_order_topic);
    lock.lock();
    wake_.wait_for(lock, config_.log_end_interval, [this] { return stopping_; });
  }
}

void LogEndWatch::ask(const std::string& topic) {
  const kafka::Topic handle(rd_kafka_topic_new(client_.get(), topic.c_str(), nullptr));
  const rd_kafka_metadata_t* found = nullptr;
  const auto error = rd_kafka_metadata(client_.get(), 0, handle.get(), &found, kBrokerTimeoutMs);
  const kafka::Metadata metadata(found);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR || metadata->topic_cnt == 0) {
    common::log::debug("log ends unknown", {{"topic", topic}, {"error", rd_kafka_err2str(error)}});
    return;
  }
  for (int i = 0; i < metadata->topics[0].partition_cnt; ++i) {
    const auto partition = metadata->topics[0].partitions[i].id;
    const auto asked_at = Freshness::Clock::now();
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (rd_kafka_query_watermark_offsets(client_.get(), topic.c_str(), partition, &low, &high,
                                         kBrokerTimeoutMs) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return;  // the next round asks again
    }
    freshness_.saw_log_end({topic, partition}, high, asked_at);
  }
}

}  // namespace ingest
