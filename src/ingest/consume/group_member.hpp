#pragma once

#include "ingest/config.hpp"
#include "ingest/kafka.hpp"

namespace ingest {

using OnRebalance = void (*)(rd_kafka_t*, rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t*,
                             void* opaque);

/// The client of a worker, a member of the group from its first poll on, subscribed to both topics.
/// `on_rebalance` is called with `opaque` by rd_kafka_consumer_poll() and rd_kafka_consumer_close(), on their
/// thread. Throws kafka::Error.
[[nodiscard]] kafka::Handle join_group(const Config& config, int worker_number, OnRebalance on_rebalance,
                                       void* opaque);

}  // namespace ingest
