#include "ingest/consume/group_member.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

#include "common/log.hpp"

namespace ingest {
namespace {

namespace log = common::log;

/// From one try to join the group to the next; a broker that does not answer takes longer.
constexpr std::chrono::milliseconds kJoinInterval(500);

/// So often in so long: another process has this member's id.
constexpr int kFencedTimes = 3;
constexpr std::chrono::minutes kFencedInterval(1);

/// A static member that comes back is given the partitions that it had, whatever it subscribes to now: one of
/// other topics must be another member.
std::string instance_id(const Config& config, int worker_number) {
  const auto topics = config.ledger_topic + "\n" + config.payment_order_topic;
  const auto digest = crc32_z(0, reinterpret_cast<const unsigned char*>(topics.data()), topics.size());
  return config.instance_id + "-" + std::to_string(worker_number) + "-" + std::to_string(digest);
}

}  // namespace

GroupMember::GroupMember(const Config& config, int worker_number, Callbacks callbacks)
    : config_(config), number_(worker_number), callbacks_(std::move(callbacks)), client_(make_client()) {}

kafka::Handle GroupMember::make_client() {
  auto settings = config_.kafka.settings;
  settings.insert(settings.end(), config_.kafka_consumer.begin(), config_.kafka_consumer.end());
  settings.emplace_back("client.id", "bo-sync-consumer-" + std::to_string(number_));
  if (!config_.instance_id.empty()) settings.emplace_back("group.instance.id", instance_id(config_, number_));
  auto conf = kafka::make_conf(settings);
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_rebalance_cb(conf.get(), &GroupMember::on_rebalance);
  auto client = kafka::make_consumer(std::move(conf));
  rd_kafka_poll_set_consumer(client.get());
  return client;
}

void GroupMember::join() {
  const auto again_at = Clock::now() + kJoinInterval;
  try {
    ask_coordinator();
    subscribe();
    is_member_ = true;
  } catch (const kafka::Error& error) {
    tell_broker_away(error);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(again_at - Clock::now());
    serve(std::max<std::int64_t>(0, left.count()));
  }
}

/// A broker that is still reading its groups refuses a join, and the client library tries that again 2 s
/// later, but a question after `retry.backoff.ms`; hence the question first.
void GroupMember::ask_coordinator() const {
  const kafka::PartitionList asked(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(asked.get(), config_.ledger_topic.c_str(), 0);
  if (const auto error = rd_kafka_committed(client_.get(), asked.get(), config_.kafka.answer_timeout_ms);
      error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw kafka::Error(std::string("coordinator of the group: ") + rd_kafka_err2str(error));
}

void GroupMember::subscribe() const {
  const kafka::PartitionList topics(rd_kafka_topic_partition_list_new(2));
  for (const auto& topic : {config_.ledger_topic, config_.payment_order_topic})
    rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  if (const auto error = rd_kafka_subscribe(client_.get(), topics.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw kafka::Error(std::string("subscribe: ") + rd_kafka_err2str(error));
}

/// What is thrown must not pass through the library: poll() throws it.
void GroupMember::on_rebalance(rd_kafka_t*, rd_kafka_resp_err_t event,
                               rd_kafka_topic_partition_list_t* partitions, void* self) {
  auto& member = *static_cast<GroupMember*>(self);
  try {
    if (event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
      member.assigned(*partitions);
    } else {
      member.revoked();
    }
  } catch (...) {
    member.callback_fault_ = std::current_exception();
  }
}

void GroupMember::assigned(const rd_kafka_topic_partition_list_t& partitions) {
  log::info("partitions assigned", {{"worker", number_}, {"partitions", partitions.cnt}});
  has_lost_partitions_ = false;
  callbacks_.assigned(partitions);
  const kafka::PartitionList none(rd_kafka_topic_partition_list_new(0));
  rd_kafka_assign(client_.get(), none.get());
}

void GroupMember::revoked() {
  callbacks_.revoked();
  const bool is_lost = rd_kafka_assignment_lost(client_.get()) != 0;  // assign() forgets it
  rd_kafka_assign(client_.get(), nullptr);
  if (!is_lost) return;
  has_lost_partitions_ = true;
  is_member_ = false;
  if (const auto error = rd_kafka_unsubscribe(client_.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR)
    log::warn("unsubscribed with an error", {{"worker", number_}, {"error", rd_kafka_err2str(error)}});
}

kafka::Message GroupMember::poll(std::int64_t timeout_ms) {
  kafka::Message message(rd_kafka_consumer_poll(client_.get(), static_cast<int>(timeout_ms)));
  if (callback_fault_) std::rethrow_exception(std::exchange(callback_fault_, nullptr));
  return message;
}

void GroupMember::serve(std::int64_t timeout_ms) {
  const auto late = poll(timeout_ms);
  if (late && late->err != RD_KAFKA_RESP_ERR_NO_ERROR && late->err != RD_KAFKA_RESP_ERR__PARTITION_EOF)
    report(*late);
}

void GroupMember::report(const rd_kafka_message_t& error) const {
  if (error.err == RD_KAFKA_RESP_ERR__FATAL) {
    std::array<char, 512> reason{};
    const auto cause = rd_kafka_fatal_error(client_.get(), reason.data(), reason.size());
    if (cause == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) throw Fenced(reason.data());
    throw kafka::Error(reason.data());
  }
  log::warn("broker reports", {{"worker", number_}, {"error", rd_kafka_message_errstr(&error)}});
}

/// A static member is fenced when another process has its id, and also when the broker was silent for longer
/// than the session: the library joins anew and then hears of its former self
/// (https://github.com/confluentinc/librdkafka/issues/3437). A new client gets over both, but the other
/// process comes again at once, while the former self is heard of only after the loss of the partitions.
void GroupMember::renew(const Fenced& fenced) {
  if (!has_lost_partitions_) count_fence(fenced);
  log::warn("fenced, joining again", {{"worker", number_}, {"error", fenced.what()}});
  revoked();
  client_.reset();
  is_member_ = false;
  has_lost_partitions_ = false;
  client_ = make_client();
}

void GroupMember::count_fence(const Fenced& fenced) {
  const auto now = Clock::now();
  if (now - fenced_since_ > kFencedInterval) {
    fenced_since_ = now;
    fenced_times_ = 0;
  }
  if (++fenced_times_ >= kFencedTimes)
    throw kafka::Error(std::string("another process has this KAFKA_GROUP_INSTANCE_ID: ") + fenced.what());
}

void GroupMember::leave() {
  if (const auto error = rd_kafka_consumer_close(client_.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    log::warn("left the group with an error", {{"worker", number_}, {"error", rd_kafka_err2str(error)}});
  }
}

void GroupMember::tell_broker_away(const kafka::Error& error) const {
  log::warn("broker away", {{"worker", number_}, {"error", error.what()}});
}

}  // namespace ingest
