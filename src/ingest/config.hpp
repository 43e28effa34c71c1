#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/config.hpp"
#include "common/database.hpp"
#include "common/management.hpp"
#include "ingest/backoff.hpp"
#include "ingest/event/contract.hpp"
#include "ingest/event/event_profile.hpp"
#include "ingest/kafka.hpp"

namespace ingest {

struct BatchLimits {
  std::size_t max_events = 2000;
  std::size_t max_bytes = 4'194'304;      ///< of payloads
  std::chrono::milliseconds max_wait{1};  ///< from the first record of a batch
};

/// Where dead letters go (contract.md section 6).
struct DeadLetterSettings {
  enum class Backend { db, file, topic };
  Backend backend = Backend::db;
  std::string path;                               ///< of Backend::file
  std::size_t file_max_bytes = 104'857'600;       ///< at which it is rotated
  std::string topic;                              ///< of Backend::topic
  std::chrono::milliseconds topic_timeout{5000};  ///< for the letters of a batch to be acknowledged
};

/// What every command is told.
struct CommonConfig {
  std::string service_name;
  std::string log_level;
  std::string database_url;
  common::SessionOptions session;
  EventProfile profile;
  std::string ledger_topic;
  std::string payment_order_topic;
  ContractLimits contract;
  int dlq_retention_days = 14;  ///< of resolved and discarded letters
};

struct Config : CommonConfig {
  kafka::Brokers kafka;
  kafka::Settings kafka_consumer;            ///< of librdkafka: the same for all workers
  std::size_t queued_max_bytes = 2'097'152;  ///< of payloads that are fetched ahead, each worker
  std::string group_id;
  bool starts_at_earliest = true;  ///< where no offset is known
  int workers = 1;
  std::chrono::milliseconds poll_timeout{100};
  std::chrono::milliseconds progress_interval{1000};
  std::chrono::milliseconds log_end_interval{500};
  std::chrono::milliseconds stop_timeout{4500};  ///< for draining after SIGTERM
  std::chrono::seconds watchdog_timeout{300};    ///< without progress though all is well; 0: wait for ever
  std::string instance_id;                       ///< static member of the group; empty: none
  BatchLimits batch;
  BackoffLimits backoff;
  DeadLetterSettings dead_letters;
  std::chrono::seconds pair_check_interval{60};
  int pair_check_orders = 500;  ///< in a sample; 0: pairs are not checked
  std::chrono::seconds dlq_prune_interval{3600};
  common::ManagementOptions management;
  std::vector<std::pair<std::string, std::string>> resolved;  ///< for the start-up log, secrets masked
};

/// Of commands that need the database alone. Their statements may take long: they read whole tables.
struct OperatorConfig : CommonConfig {
  int dlq_max_attempts = 5;
};

/// Of `backfill`, which needs no Kafka and has batches of its own size.
struct BackfillConfig : CommonConfig {
  BatchLimits batch;
  BackoffLimits backoff;
  std::vector<std::pair<std::string, std::string>> resolved;  ///< for the log, secrets masked
};

/// Throws common::ConfigError, which lists every fault.
[[nodiscard]] Config load_config(const common::Environment& environment);
[[nodiscard]] BackfillConfig load_backfill_config(const common::Environment& environment);
/// How to reach the brokers, for a command of an operator that has to.
[[nodiscard]] kafka::Brokers load_brokers(const common::Environment& environment);
[[nodiscard]] OperatorConfig load_operator_config(const common::Environment& environment);

}  // namespace ingest
