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
    try {
      ask(config_.ledger_topic);
      ask(config_.payment_order_topic);
    } catch (const kafka::Error& error) {  // the next round asks again
      common::log::debug("log ends unknown", {{"error", error.what()}});
    }
    lock.lock();
    wake_.wait_for(lock, config_.log_end_interval, [this] { return stopping_; });
  }
}

void LogEndWatch::ask(const std::string& topic) {
  for (const auto partition : kafka::partition_ids(*client_, topic, kBrokerTimeoutMs)) {
    const auto asked_at = Freshness::Clock::now();
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (const auto error = rd_kafka_query_watermark_offsets(client_.get(), topic.c_str(), partition, &low,
                                                            &high, kBrokerTimeoutMs);
        error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      throw kafka::Error(topic + ": " + rd_kafka_err2str(error));
    }
    freshness_.saw_log_end({topic, partition}, high, asked_at);
  }
}

}  // namespace ingest
