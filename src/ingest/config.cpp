#include "ingest/config.hpp"

#include "common/log.hpp"

namespace ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// librdkafka's own names, here and below; why each is not at its default stands beside it.
kafka::Brokers read_kafka(common::ConfigReader& reader) {
  kafka::Settings settings = {
      {"bootstrap.servers", reader.required_text("KAFKA_BROKERS")},
      {"security.protocol",
       reader.choice("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT",
                     std::vector<std::string_view>{"PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"})},
      {"socket.keepalive.enable", "true"},
      {"socket.nagle.disable", "true"},
      {"metadata.max.age.ms", "180000"},  // brokers behind some load balancers cut idle connections at 240 s
      {"topic.metadata.refresh.interval.ms", "30000"},
      {"reconnect.backoff.max.ms", "1000"},  // after an outage the stream goes on within seconds
  };
  const auto optional = [&](const char* setting, std::string value) {
    if (!value.empty()) settings.emplace_back(setting, std::move(value));
  };
  optional("sasl.mechanism", reader.text("KAFKA_SASL_MECHANISM", ""));
  optional("sasl.username", reader.text("KAFKA_SASL_USERNAME", ""));
  optional("sasl.password", reader.secret("KAFKA_SASL_PASSWORD"));
  optional("ssl.ca.location", reader.text("KAFKA_SSL_CA_LOCATION", ""));
  kafka::Brokers brokers{.settings = std::move(settings)};
  brokers.answer_timeout_ms =
      static_cast<int>(reader.integer("KAFKA_ANSWER_TIMEOUT_MS", brokers.answer_timeout_ms, 100, 60'000));
  return brokers;
}

kafka::Settings read_kafka_consumer(common::ConfigReader& reader, const Config& config) {
  const auto session_timeout_ms = reader.integer("KAFKA_SESSION_TIMEOUT_MS", 30'000, 6000, 300'000);
  const auto max_poll_interval_ms = reader.integer("KAFKA_MAX_POLL_INTERVAL_MS", 60'000, 6000, 3'600'000);
  if (max_poll_interval_ms < session_timeout_ms)
    reader.fault("KAFKA_MAX_POLL_INTERVAL_MS: must not be less than KAFKA_SESSION_TIMEOUT_MS");
  return {
      {"group.id", config.group_id},
      // Each partition begins at an offset that is told, so this is for one that the log no longer has: what
      // it still has was not applied. Where nothing is known, Worker::start_offset() decides.
      {"auto.offset.reset", "earliest"},
      {"partition.assignment.strategy", "range"},
      {"enable.partition.eof", "true"},       // a log may end with records of transactions that nobody sees
      {"enable.auto.offset.store", "false"},  // stored by hand, after the database has committed
      {"enable.auto.commit", "true"},
      {"auto.commit.interval.ms", "1000"},
      {"isolation.level", "read_committed"},
      {"session.timeout.ms", std::to_string(session_timeout_ms)},
      {"max.poll.interval.ms", std::to_string(max_poll_interval_ms)},
      {"queued.max.messages.kbytes", std::to_string(config.queued_max_bytes / 1024)},
  };
}

/// A file of its own is the simplest thing that works on one machine; in production letters belong in the
/// database, where they can be replayed (contract.md section 6).
DeadLetterSettings read_dead_letters(common::ConfigReader& reader, bool is_production) {
  using Backend = DeadLetterSettings::Backend;
  DeadLetterSettings settings;
  settings.backend = reader.choice("DLQ_BACKEND", is_production ? Backend::db : Backend::file,
                                   {{"db", Backend::db}, {"file", Backend::file}, {"topic", Backend::topic}});
  settings.path = reader.text("DLQ_PATH", "dead-letters.jsonl");
  settings.file_max_bytes =
      static_cast<std::size_t>(reader.integer("DLQ_FILE_MAX_BYTES", 104'857'600, 1024, 1'099'511'627'776));
  settings.topic = reader.text("DLQ_TOPIC", "");
  settings.topic_timeout = reader.milliseconds("DLQ_TOPIC_TIMEOUT_MS", settings.topic_timeout,
                                               milliseconds(100), milliseconds(600'000));
  if (settings.backend == Backend::topic && settings.topic.empty())
    reader.fault("DLQ_TOPIC: is required with DLQ_BACKEND=topic");
  return settings;
}

EventProfile read_profile(common::ConfigReader& reader) {
  const auto id = reader.text("EVENT_PROFILE_ID", "canonical-v1");
  const auto file = reader.text("EVENT_PROFILES_FILE", default_event_profiles_file());
  if (file.empty()) {
    reader.fault(
        "EVENT_PROFILES_FILE: is required: there is no configs/event_profiles.yaml above this program");
    return core_profile(id);
  }
  auto loaded = load_event_profiles(file);
  for (const auto& fault : loaded.faults) reader.fault(std::string("EVENT_PROFILES_FILE: ").append(fault));
  if (!loaded.faults.empty()) return core_profile(id);
  if (const auto found = loaded.profiles.find(id); found != loaded.profiles.end()) return found->second;
  std::vector<std::string_view> ids;
  for (const auto& [known, profile] : loaded.profiles) ids.push_back(known);
  reader.fault(
      std::string("EVENT_PROFILE_ID: must be ").append(common::one_of(ids)).append(" by ").append(file));
  return core_profile(id);
}

/// What every command reads alike; returns APP_ENV. `statement_timeout`: unless DB_STATEMENT_TIMEOUT_MS says
/// otherwise.
std::string read_common(common::ConfigReader& reader, CommonConfig& config, milliseconds statement_timeout) {
  auto app_env = reader.choice("APP_ENV", "local", std::vector<std::string_view>{"local", "dev", "prod"});
  config.log_level = reader.choice("LOG_LEVEL", "info", common::log::kLevels);
  config.service_name = reader.text("SERVICE_NAME", "bo-sync-consumer");
  config.database_url = reader.database_url("DATABASE_URL");
  config.session = common::read_session(reader, "bo-sync-consumer", statement_timeout);
  config.profile = read_profile(reader);
  config.ledger_topic = reader.text("LEDGER_TOPIC", config.profile.ledger_entry.topic);
  config.payment_order_topic = reader.text("PAYMENT_ORDER_TOPIC", config.profile.payment_order.topic);
  if (config.ledger_topic == config.payment_order_topic)
    reader.fault("LEDGER_TOPIC and PAYMENT_ORDER_TOPIC: must differ");
  config.contract.event_max_bytes =
      static_cast<std::size_t>(reader.integer("EVENT_MAX_BYTES", 1'048'576, 1024, 67'108'864));
  config.dlq_retention_days = static_cast<int>(reader.integer("DLQ_RETENTION_DAYS", 14, 1, 36'500));
  return app_env;
}

std::size_t read_batch_events(common::ConfigReader& reader, std::string_view name, std::int64_t fallback) {
  return static_cast<std::size_t>(reader.integer(name, fallback, 1, 100'000));
}

std::size_t read_batch_bytes(common::ConfigReader& reader) {
  return static_cast<std::size_t>(reader.integer("BATCH_MAX_BYTES", 4'194'304, 1, 268'435'456));
}

BackoffLimits read_backoff(common::ConfigReader& reader) {
  BackoffLimits backoff;
  backoff.initial =
      reader.milliseconds("RETRY_BACKOFF_MS", backoff.initial, milliseconds(1), milliseconds(60'000));
  backoff.max =
      reader.milliseconds("RETRY_BACKOFF_MAX_MS", backoff.max, milliseconds(1), milliseconds(600'000));
  return backoff;
}

void read_intervals(common::ConfigReader& reader, Config& config) {
  config.poll_timeout = reader.milliseconds("CONSUMER_POLL_TIMEOUT_MS", config.poll_timeout, milliseconds(1),
                                            milliseconds(1000));
  config.progress_interval = reader.milliseconds("CONSUMER_PROGRESS_INTERVAL_MS", config.progress_interval,
                                                 milliseconds(50), milliseconds(60'000));
  config.log_end_interval = reader.milliseconds("CONSUMER_LOG_END_INTERVAL_MS", config.log_end_interval,
                                                milliseconds(50), milliseconds(60'000));
  config.stop_timeout = reader.milliseconds("CONSUMER_STOP_TIMEOUT_MS", config.stop_timeout,
                                            milliseconds(100), milliseconds(600'000));
  config.watchdog_timeout =
      reader.seconds("WATCHDOG_TIMEOUT_SEC", config.watchdog_timeout, seconds(0), seconds(86'400));
  config.pair_check_interval =
      reader.seconds("PAIR_CHECK_INTERVAL_SEC", config.pair_check_interval, seconds(1), seconds(86'400));
  config.pair_check_orders =
      static_cast<int>(reader.integer("PAIR_CHECK_ORDERS", config.pair_check_orders, 0, 100'000));
  config.dlq_prune_interval =
      reader.seconds("DLQ_PRUNE_INTERVAL_SEC", config.dlq_prune_interval, seconds(1), seconds(86'400));
}

}  // namespace

Config load_config(const common::Environment& environment) {
  common::ConfigReader reader(environment);
  Config config;
  const auto app_env = read_common(reader, config, milliseconds(5000));
  common::read_answer_timeout(reader, config.session);
  config.kafka = read_kafka(reader);
  config.group_id = reader.text("KAFKA_GROUP_ID", "bo-sync-consumer");
  config.starts_at_earliest =
      reader.choice("CONSUMER_OFFSET_RESET", "earliest",
                    std::vector<std::string_view>{"earliest", "latest"}) == "earliest";
  config.workers = static_cast<int>(reader.integer("CONSUMER_WORKERS", 1, 1, 64));
  config.instance_id = reader.text("KAFKA_GROUP_INSTANCE_ID", "");
  config.queued_max_bytes =
      static_cast<std::size_t>(reader.integer("KAFKA_QUEUED_MAX_KBYTES", 2048, 1024, 2'097'151)) * 1024;
  config.batch.max_events = read_batch_events(reader, "BATCH_MAX_EVENTS", 2000);
  config.batch.max_bytes = read_batch_bytes(reader);
  config.batch.max_wait =
      reader.milliseconds("BATCH_MAX_WAIT_MS", config.batch.max_wait, milliseconds(0), milliseconds(60'000));
  config.backoff = read_backoff(reader);
  read_intervals(reader, config);
  config.kafka_consumer = read_kafka_consumer(reader, config);
  config.dead_letters = read_dead_letters(reader, app_env == "prod");
  if (config.dead_letters.topic == config.ledger_topic ||
      config.dead_letters.topic == config.payment_order_topic)
    reader.fault("DLQ_TOPIC: must not be a topic of events");
  config.management = common::read_management(reader, "METRICS_PORT", 9108);
  common::refuse_tracing(reader);
  reader.finish();

  config.resolved = reader.resolved();
  return config;
}

BackfillConfig load_backfill_config(const common::Environment& environment) {
  common::ConfigReader reader(environment);
  BackfillConfig config;
  static_cast<void>(read_common(reader, config, milliseconds(5000)));
  common::read_answer_timeout(reader, config.session);
  config.session.application_name = "bo-sync-consumer backfill";
  config.batch.max_events = read_batch_events(reader, "BACKFILL_BATCH_EVENTS", 5000);
  config.batch.max_bytes = read_batch_bytes(reader);
  config.backoff = read_backoff(reader);
  reader.finish();
  config.resolved = reader.resolved();
  return config;
}

kafka::Brokers load_brokers(const common::Environment& environment) {
  common::ConfigReader reader(environment);
  auto brokers = read_kafka(reader);
  reader.finish();
  return brokers;
}

OperatorConfig load_operator_config(const common::Environment& environment) {
  common::ConfigReader reader(environment);
  OperatorConfig config;
  static_cast<void>(read_common(reader, config, milliseconds(600'000)));
  config.dlq_max_attempts = static_cast<int>(reader.integer("DLQ_MAX_ATTEMPTS", 5, 1, 1000));
  reader.finish();
  return config;
}

}  // namespace ingest
