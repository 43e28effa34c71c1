#pragma once

#include "ingest/config.hpp"
#include "ingest/kafka.hpp"

namespace ingest {

using OnRebalance = void (*)(rd_kafka_t*, rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t*,
                             void* opaque);

/// The client of a worker, not yet a member of the group. `on_rebalance` is called with `opaque` by
/// rd_kafka_consumer_poll() and rd_kafka_consumer_close(), on their thread. Throws kafka::Error.
[[nodiscard]] kafka::Handle make_group_member(const Config& config, int worker_number,
                                              OnRebalance on_rebalance, void* opaque);

/// Joins the group for both topics, once its coordinator has answered a question: a broker that is still
/// reading its groups refuses a join, and the client library tries that again 2 s later, but a question after
/// `retry.backoff.ms`. Throws kafka::Error when there is no answer within `timeout_ms`.
void join_group(rd_kafka_t& client, const Config& config, int timeout_ms);

}  // namespace ingest
