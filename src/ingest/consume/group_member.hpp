#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>

#include "ingest/config.hpp"
#include "ingest/kafka.hpp"

namespace ingest {

/// A client and its membership of the consumer group: joins, is told its partitions, gets over being fenced,
/// leaves. For one thread, on which the callbacks run too, inside of its own calls.
class GroupMember {
 public:
  /// Called before the group is answered. After either no partition is assigned to client(): the owner
  /// assigns what it takes up, when it can.
  struct Callbacks {
    std::function<void(const rd_kafka_topic_partition_list_t&)> assigned;
    std::function<void()> revoked;
  };

  /// The group has given this member's id to somebody else.
  class Fenced : public kafka::Error {
    using kafka::Error::Error;
  };

  /// Not yet a member. Throws kafka::Error.
  GroupMember(const Config& config, int worker_number, Callbacks callbacks);
  ~GroupMember() = default;
  GroupMember(const GroupMember&) = delete;  // the client knows its address
  GroupMember& operator=(const GroupMember&) = delete;

  /// Joined, or about to be.
  [[nodiscard]] bool is_member() const { return is_member_; }
  [[nodiscard]] rd_kafka_t* client() const { return client_.get(); }

  /// Tries once; after a try in vain, serves the client library until it is time for the next.
  void join();

  /// A record, the end of a log, an error for report(), or nothing. Throws what a callback has thrown.
  [[nodiscard]] kafka::Message poll(std::int64_t timeout_ms);

  /// While nothing is being fetched: what comes is a rebalance, an error, or a record of before that will
  /// come again.
  void serve(std::int64_t timeout_ms);

  /// Logs what poll() returned. Throws Fenced, or kafka::Error when the client can't go on.
  void report(const rd_kafka_message_t& error) const;

  /// Goes on with a new client, that has yet to join. Throws kafka::Error when this happens again and again:
  /// then another process has this member's id.
  void renew(const Fenced& fenced);

  /// Hands the partitions back, commits the offsets that are stored, and leaves the group.
  void leave();

  void tell_broker_away(const kafka::Error& error) const;

 private:
  using Clock = std::chrono::steady_clock;

  static void on_rebalance(rd_kafka_t* client, rd_kafka_resp_err_t event,
                           rd_kafka_topic_partition_list_t* partitions, void* self);
  [[nodiscard]] kafka::Handle make_client();
  void ask_coordinator() const;
  void subscribe() const;
  void assigned(const rd_kafka_topic_partition_list_t& partitions);
  void revoked();
  void count_fence(const Fenced& fenced);

  const Config& config_;
  const int number_;  ///< of the worker
  const Callbacks callbacks_;
  bool is_member_ = false;
  bool has_lost_partitions_ = false;  ///< by a session that timed out, say; nothing is assigned since
  Clock::time_point fenced_since_{};
  int fenced_times_ = 0;
  std::exception_ptr callback_fault_;
  kafka::Handle client_;  ///< last: its callbacks use all of the above
};

}  // namespace ingest
