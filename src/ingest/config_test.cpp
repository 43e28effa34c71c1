#include "ingest/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ingest {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

common::Environment minimal() {
  return {{"DATABASE_URL", "postgresql://bo_consumer:secret@localhost/tx"},
          {"KAFKA_BROKERS", "localhost:9092"}};
}

std::string fault_of(const common::Environment& environment) {
  try {
    static_cast<void>(load_config(environment));
    return "accepted";
  } catch (const common::ConfigError& error) {
    return error.what();
  }
}

TEST(ConsumerConfig, has_the_defaults_of_the_contract) {
  const auto config = load_config(minimal());
  EXPECT_EQ(config.group_id, "bo-sync-consumer");
  EXPECT_EQ(config.ledger_topic, "ledger.entry.upserted");
  EXPECT_EQ(config.payment_order_topic, "payment.order.upserted");
  EXPECT_EQ(config.management.port, 9108);
  EXPECT_TRUE(config.starts_at_earliest);
}

TEST(ConsumerConfig, names_every_fault_at_once) {
  EXPECT_THAT(fault_of({{"CONSUMER_WORKERS", "0"}, {"METRICS_PORT", "x"}}),
              AllOf(HasSubstr("DATABASE_URL"), HasSubstr("KAFKA_BROKERS"), HasSubstr("CONSUMER_WORKERS"),
                    HasSubstr("METRICS_PORT")));
}

TEST(ConsumerConfig, refuses_equal_topics) {
  auto environment = minimal();
  environment["LEDGER_TOPIC"] = environment["PAYMENT_ORDER_TOPIC"] = "events";
  EXPECT_THAT(fault_of(environment), HasSubstr("must differ"));
}

TEST(ConsumerConfig, refuses_a_poll_interval_shorter_than_a_session) {
  auto environment = minimal();
  environment["KAFKA_SESSION_TIMEOUT_MS"] = environment["KAFKA_MAX_POLL_INTERVAL_MS"] = "45000";
  EXPECT_EQ(fault_of(environment), "accepted");
  environment["KAFKA_MAX_POLL_INTERVAL_MS"] = "44999";
  EXPECT_THAT(fault_of(environment), HasSubstr("KAFKA_MAX_POLL_INTERVAL_MS"));
}

TEST(ConsumerConfig, tells_the_client_library_how_long_a_member_may_be_silent_or_busy) {
  auto environment = minimal();
  environment["KAFKA_SESSION_TIMEOUT_MS"] = "7000";
  environment["KAFKA_MAX_POLL_INTERVAL_MS"] = "8000";
  EXPECT_THAT(load_config(environment).kafka_consumer, AllOf(Contains(Pair("session.timeout.ms", "7000")),
                                                             Contains(Pair("max.poll.interval.ms", "8000"))));
}

TEST(ConsumerConfig, refuses_what_is_not_served_yet) {
  for (const auto& [name, value] : {std::pair("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x"),
                                    std::pair("APPLICATIONINSIGHTS_CONNECTION_STRING", "x")}) {
    auto environment = minimal();
    environment[name] = value;
    EXPECT_THAT(fault_of(environment), HasSubstr(name));
  }
}

TEST(ConsumerConfig, dead_letters_go_to_a_file_except_in_production) {
  using Backend = DeadLetterSettings::Backend;
  auto environment = minimal();
  EXPECT_EQ(load_config(environment).dead_letters.backend, Backend::file);
  environment["APP_ENV"] = "dev";
  EXPECT_EQ(load_config(environment).dead_letters.backend, Backend::file);
  environment["APP_ENV"] = "prod";
  EXPECT_EQ(load_config(environment).dead_letters.backend, Backend::db);
}

TEST(ConsumerConfig, a_topic_of_dead_letters_has_a_name_of_its_own) {
  auto environment = minimal();
  environment["DLQ_BACKEND"] = "topic";
  EXPECT_THAT(fault_of(environment), HasSubstr("DLQ_TOPIC: is required"));
  environment["DLQ_TOPIC"] = "ledger.entry.upserted";
  EXPECT_THAT(fault_of(environment), HasSubstr("DLQ_TOPIC: must not be"));
}

TEST(ConsumerConfig, takes_topics_from_the_environment_then_the_profile) {
  auto environment = minimal();
  environment["EVENT_PROFILE_ID"] = "nsc-dev-v1";
  EXPECT_EQ(load_config(environment).profile.id, "nsc-dev-v1");
  EXPECT_EQ(load_config(environment).ledger_topic, "cdc-events");
  EXPECT_EQ(load_config(environment).payment_order_topic, "order-events");
  environment["LEDGER_TOPIC"] = "entries";
  EXPECT_EQ(load_config(environment).ledger_topic, "entries");
  EXPECT_EQ(load_config(environment).payment_order_topic, "order-events");
  environment["LEDGER_TOPIC"] = "order-events";
  EXPECT_THAT(fault_of(environment), HasSubstr("must differ"));
}

TEST(ConsumerConfig, refuses_a_profile_that_the_file_does_not_have) {
  auto environment = minimal();
  environment["EVENT_PROFILE_ID"] = "nsc-dev-v9";
  EXPECT_THAT(fault_of(environment), HasSubstr("EVENT_PROFILE_ID: must be canonical-v1 or nsc-dev-v1"));
}

TEST(ConsumerConfig, refuses_a_file_of_profiles_that_can_not_be_read) {
  auto environment = minimal();
  environment["EVENT_PROFILES_FILE"] = "/nothing/here.yaml";
  EXPECT_THAT(fault_of(environment), HasSubstr("EVENT_PROFILES_FILE: /nothing/here.yaml: can't be read"));
}

TEST(ConsumerConfig, keeps_closed_dead_letters_for_two_weeks) {
  auto environment = minimal();
  EXPECT_EQ(load_config(environment).dlq_retention_days, 14);
  environment["DLQ_RETENTION_DAYS"] = "0";
  environment["DLQ_PRUNE_INTERVAL_SEC"] = "0";
  EXPECT_THAT(fault_of(environment),
              AllOf(HasSubstr("DLQ_RETENTION_DAYS"), HasSubstr("DLQ_PRUNE_INTERVAL_SEC")));
}

TEST(OperatorConfig, needs_no_broker) {
  const auto config = load_operator_config({{"DATABASE_URL", "postgresql://bo_operator@localhost/tx"}});
  EXPECT_EQ(config.ledger_topic, "ledger.entry.upserted");
  EXPECT_EQ(config.dlq_max_attempts, 5);
}

TEST(OperatorConfig, says_how_to_reach_the_brokers_and_how_long_to_wait_for_them) {
  const auto brokers = load_brokers({{"KAFKA_BROKERS", "b:9092"}, {"KAFKA_ANSWER_TIMEOUT_MS", "300"}});
  EXPECT_THAT(brokers.settings, Contains(Pair("bootstrap.servers", "b:9092")));
  EXPECT_EQ(brokers.answer_timeout_ms, 300);
}

TEST(OperatorConfig, names_every_fault_at_once) {
  try {
    static_cast<void>(load_operator_config({{"DLQ_MAX_ATTEMPTS", "0"}, {"EVENT_MAX_BYTES", "x"}}));
    FAIL() << "accepted";
  } catch (const common::ConfigError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("DATABASE_URL"), HasSubstr("DLQ_MAX_ATTEMPTS"),
                                    HasSubstr("EVENT_MAX_BYTES")));
  }
}

TEST(ConsumerConfig, never_shows_a_password) {
  auto environment = minimal();
  environment["KAFKA_SASL_PASSWORD"] = "secret";
  for (const auto& [name, value] : load_config(environment).resolved)
    EXPECT_THAT(value, testing::Not(HasSubstr("secret"))) << name;
}

TEST(BackfillConfig, needs_no_kafka) {
  const auto config = load_backfill_config({{"DATABASE_URL", "postgresql://bo_consumer@localhost/tx"}});
  EXPECT_EQ(config.ledger_topic, "ledger.entry.upserted");
}

TEST(BackfillConfig, has_batches_of_its_own_size) {
  const auto config = load_backfill_config({{"DATABASE_URL", "postgresql://bo_consumer@localhost/tx"},
                                            {"BATCH_MAX_EVENTS", "1"},
                                            {"BACKFILL_BATCH_EVENTS", "777"}});
  EXPECT_EQ(config.batch.max_events, 777U);
}

}  // namespace
}  // namespace ingest
