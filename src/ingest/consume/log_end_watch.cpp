#include "ingest/consume/log_end_watch.hpp"

#include <string>

#include "common/log.hpp"

namespace ingest {

LogEndWatch::LogEndWatch(const Config& config, Freshness& freshness)
    : config_(config), freshness_(freshness) {
  auto settings = config.kafka.settings;
  settings.emplace_back("group.id", config.group_id);
  settings.emplace_back("client.id", "bo-sync-consumer-log-end");
  // librdkafka 2.0.2 waits this long whatever timeout it is given.
  settings.emplace_back("socket.timeout.ms", std::to_string(config.kafka.answer_timeout_ms));
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
  for (const auto partition : kafka::partition_ids(*client_, topic, config_.kafka.answer_timeout_ms)) {
    const auto asked_at = Freshness::Clock::now();
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (const auto error = rd_kafka_query_watermark_offsets(client_.get(), topic.c_str(), partition, &low,
                                                            &high, config_.kafka.answer_timeout_ms);
        error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      throw kafka::Error(topic + ": " + rd_kafka_err2str(error));
    }
    freshness_.saw_log_end({topic, partition}, high, asked_at);
  }
}

}  // namespace ingest
