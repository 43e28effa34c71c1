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
    ask(config_.ledger_topic);
    ask(config_.payment_order_topic);
    lock.lock();
    wake_.wait_for(lock, config_.log_end_interval, [this] { return stopping_; });
  }
}

bool LogEndWatch::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

/// A topic that is not there, or a partition without a leader, is asked for again in the next round; the
/// others are known all the same.
void LogEndWatch::ask(const std::string& topic) {
  const auto unknown = [&](std::string_view error) {
    common::log::debug("log ends unknown", {{"topic", topic}, {"error", error}});
  };
  std::vector<std::int32_t> partitions;
  try {
    partitions = kafka::partition_ids(*client_, topic, config_.kafka.answer_timeout_ms);
  } catch (const kafka::Error& error) {
    return unknown(error.what());
  }
  for (const auto partition : partitions) {
    if (is_stopping()) return;  // each may take the whole time that a broker has to answer
    const auto asked_at = Freshness::Clock::now();
    std::int64_t low = 0;
    std::int64_t high = 0;
    const auto error = rd_kafka_query_watermark_offsets(client_.get(), topic.c_str(), partition, &low, &high,
                                                        config_.kafka.answer_timeout_ms);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
      freshness_.saw_log_end({topic, partition}, high, asked_at);
    } else {
      unknown(rd_kafka_err2str(error));
    }
  }
}

}  // namespace ingest
