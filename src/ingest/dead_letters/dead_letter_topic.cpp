#include "ingest/dead_letters/dead_letter_topic.hpp"

#include <array>
#include <cstdint>

namespace ingest {
namespace {

using Clock = std::chrono::steady_clock;
using Headers = std::unique_ptr<rd_kafka_headers_t, kafka::Deleter<rd_kafka_headers_destroy>>;
using Failure = std::unique_ptr<rd_kafka_error_t, kafka::Deleter<rd_kafka_error_destroy>>;

constexpr auto kPoll = std::chrono::milliseconds(100);
constexpr const char* kMaxMessageBytes = "100000000";  // the limit is the topic's to set

using Bytes = std::optional<std::string_view>;

/// librdkafka tells null from empty by the pointer. It only reads: RD_KAFKA_MSG_F_COPY.
void* bytes_of(const Bytes& bytes) {
  if (!bytes) return nullptr;
  return const_cast<char*>(bytes->data() != nullptr ? bytes->data() : "");
}

std::size_t size_of(const Bytes& bytes) {
  return bytes ? bytes->size() : 0;
}

void add(rd_kafka_headers_t* headers, std::string_view name, const Bytes& value) {
  const auto error = rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()),
                                         bytes_of(value), static_cast<ssize_t>(size_of(value)));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw unavailable(rd_kafka_err2str(error));
}

Headers headers_of(const DeadLetter& letter) {
  const auto& record = letter.record;
  Headers headers(rd_kafka_headers_new(record.headers.size() + 8));
  for (const auto& header : record.headers) add(headers.get(), header.name, header.value);
  const auto number = [&](std::string_view name, std::int64_t value) {
    add(headers.get(), name, std::to_string(value));
  };
  add(headers.get(), "dlq-topic", record.topic);
  number("dlq-partition", record.partition);
  number("dlq-offset", record.offset);
  if (record.timestamp) number("dlq-record-timestamp-us", *record.timestamp);
  add(headers.get(), "dlq-error", name_of(letter.rejection.error));
  add(headers.get(), "dlq-error-detail", letter.rejection.detail);
  add(headers.get(), "dlq-profile-id", letter.profile_id);
  if (!letter.correlation_id.empty()) add(headers.get(), "dlq-correlation-id", letter.correlation_id);
  number("dlq-attempts", 1);
  return headers;
}

}  // namespace

DeadLetterTopic::DeadLetterTopic(Options options) : options_(std::move(options)) {
  auto settings = options_.kafka;
  settings.emplace_back("client.id", "bo-sync-consumer-dead-letters");
  settings.emplace_back("acks", "all");
  settings.emplace_back("linger.ms", "0");
  settings.emplace_back("message.max.bytes", kMaxMessageBytes);
  settings.emplace_back("message.timeout.ms", std::to_string(options_.timeout.count()));
  auto conf = kafka::make_conf(settings);
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_dr_msg_cb(conf.get(), [](rd_kafka_t*, const rd_kafka_message_t* message, void* self) {
    auto& sink = *static_cast<DeadLetterTopic*>(self);
    --sink.unacknowledged_;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) sink.failure_ = rd_kafka_err2str(message->err);
  });
  producer_ = kafka::make_producer(std::move(conf));
}

void DeadLetterTopic::keep(const std::vector<DeadLetter>& letters) {
  const std::scoped_lock lock(mutex_);
  failure_.clear();
  for (const auto& letter : letters) send(letter);
  // Each letter ends by itself: delivered, or given up after message.timeout.ms.
  while (unacknowledged_ > 0) rd_kafka_poll(producer_.get(), static_cast<int>(kPoll.count()));
  if (!failure_.empty()) throw unavailable(options_.topic + ": " + failure_);
}

void DeadLetterTopic::send(const DeadLetter& letter) {
  const auto& record = letter.record;
  auto headers = headers_of(letter);
  std::array<rd_kafka_vu_t, 5> fields{};
  fields[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  fields[0].u.cstr = options_.topic.c_str();
  fields[1].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  fields[1].u.i = RD_KAFKA_MSG_F_COPY;
  fields[2].vtype = RD_KAFKA_VTYPE_KEY;
  fields[2].u.mem = {bytes_of(record.key), size_of(record.key)};
  fields[3].vtype = RD_KAFKA_VTYPE_VALUE;
  fields[3].u.mem = {bytes_of(record.payload), size_of(record.payload)};
  fields[4].vtype = RD_KAFKA_VTYPE_HEADERS;
  fields[4].u.headers = headers.get();
  for (;;) {
    const Failure failure(rd_kafka_produceva(producer_.get(), fields.data(), fields.size()));
    if (!failure) {
      static_cast<void>(headers.release());  // owned by the message now
      ++unacknowledged_;
      return;
    }
    if (rd_kafka_error_code(failure.get()) != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      failure_ = rd_kafka_error_string(failure.get());
      return;
    }
    rd_kafka_poll(producer_.get(), static_cast<int>(kPoll.count()));
  }
}

}  // namespace ingest
