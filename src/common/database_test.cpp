#include "common/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <pqxx/except>

#include "common/answer_timeout.hpp"
#include "common/config.hpp"

namespace common {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(ConnectionString, session_options_are_added_to_the_url) {
  const auto text = connection_string("postgresql://u:p@h:1/db",
                                      {.application_name = "bo-admin-api", .settings = {{"bo.grace", "5"}}});
  EXPECT_THAT(text, StartsWith("postgresql://u:p@h:1/db?application_name=bo-admin-api&"));
  for (const auto* part :
       {"connect_timeout=3", "keepalives_idle=30", "tcp_user_timeout=10000", "client_encoding=UTF8",
        "-c%20TimeZone%3DUTC", "-c%20statement_timeout%3D5000", "-c%20lock_timeout%3D2000",
        "-c%20idle_in_transaction_session_timeout%3D10000", "-c%20bo.grace%3D5"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(ConnectionString, what_the_url_sets_itself_wins) {
  const auto text = connection_string("postgresql:///db?connect_timeout=9&options=-c%20lock_timeout%3D1", {});
  EXPECT_THAT(text, HasSubstr("connect_timeout=9"));
  EXPECT_THAT(text, Not(HasSubstr("connect_timeout=3")));
  EXPECT_THAT(text, HasSubstr("lock_timeout%3D2000%20-c%20idle"));
  EXPECT_THAT(text, HasSubstr("%20-c%20lock_timeout%3D1&"));
}

TEST(ConnectionString, a_question_mark_in_the_password_is_none_of_the_query) {
  const auto text = connection_string("postgresql://u:a?b@h/db", {});
  EXPECT_THAT(text, StartsWith("postgresql://u:a?b@h/db?application_name="));
  EXPECT_TRUE(is_connection_uri(text));
}

TEST(ConnectionString, is_one_that_libpq_can_read) {
  for (const auto* url : {"postgresql:///db", "postgres://u:p%25@[::1]:5432/db",
                          "postgresql://a:1,b:2/db?target_session_attrs=any"})
    EXPECT_TRUE(is_connection_uri(connection_string(url, {.application_name = "x y", .settings = {}})))
        << url;
}

TEST(SessionOptions, an_answer_is_waited_for_longer_than_a_statement_may_take) {
  ConfigReader reader(Environment{{"DB_STATEMENT_TIMEOUT_MS", "10000"}});
  auto session = read_session(reader, "name", std::chrono::seconds(5));
  read_answer_timeout(reader, session);
  EXPECT_EQ(session.answer_timeout, std::chrono::seconds(11));
  EXPECT_NO_THROW(reader.finish());
}

TEST(SessionOptions, a_shorter_wait_for_an_answer_is_refused) {
  ConfigReader reader(Environment{{"DB_STATEMENT_TIMEOUT_MS", "500"}, {"DB_ANSWER_TIMEOUT_MS", "500"}});
  auto session = read_session(reader, "name", std::chrono::seconds(5));
  read_answer_timeout(reader, session);
  EXPECT_THROW(reader.finish(), ConfigError);
}

TEST(Classify, only_data_classes_and_our_own_are_the_fault_of_an_event) {
  for (const auto* state : {"22P05", "23505", "54000", "TX001"})
    EXPECT_EQ(kind_of(state), FaultKind::event) << state;
  EXPECT_EQ(kind_of("57014"), FaultKind::split);
  for (const auto* state : {"", "08006", "25006", "28P01", "40001", "42501", "42P01", "53300", "55P03",
                            "57P01", "58030", "P0001", "XX000"}) {
    EXPECT_EQ(kind_of(state), FaultKind::environment) << state;
  }
}

TEST(Classify, a_broken_connection_is_lost_but_not_in_doubt) {
  const auto fault = classify(pqxx::broken_connection("gone"));
  EXPECT_EQ(fault.sqlstate, "08006");
  EXPECT_TRUE(fault.connection_lost);
  EXPECT_FALSE(fault.in_doubt);
}

TEST(Classify, a_connection_without_an_answer_is_lost_and_overdue) {
  const auto fault = classify(NoAnswer("no answer within 6000 ms"));
  EXPECT_EQ(fault.sqlstate, "08006");
  EXPECT_TRUE(fault.connection_lost);
  EXPECT_TRUE(fault.overdue);
  EXPECT_FALSE(classify(pqxx::broken_connection("gone")).overdue);
}

TEST(Classify, a_server_that_shuts_down_loses_the_connection) {
  EXPECT_TRUE(classify(pqxx::sql_error("terminating connection", "select", "57P01")).connection_lost);
  EXPECT_TRUE(classify(pqxx::failure("no answer")).connection_lost);
  EXPECT_FALSE(classify(pqxx::sql_error("x", "select", "57014")).connection_lost);
}

TEST(Classify, a_commit_without_an_answer_is_in_doubt) {
  const auto fault = classify(pqxx::in_doubt_error("?"));
  EXPECT_TRUE(fault.connection_lost);
  EXPECT_TRUE(fault.in_doubt);
  EXPECT_EQ(fault.kind, FaultKind::environment);
}

TEST(Classify, exceptions_without_a_code_get_theirs_by_type) {
  EXPECT_EQ(classify(pqxx::serialization_failure("x")).sqlstate, "40001");
  EXPECT_EQ(classify(pqxx::deadlock_detected("x")).sqlstate, "40P01");
  EXPECT_EQ(classify(pqxx::transaction_rollback("x")).sqlstate, "40000");
  EXPECT_EQ(classify(pqxx::insufficient_privilege("x", "select")).sqlstate, "42501");
  EXPECT_EQ(classify(pqxx::too_many_connections("x")).sqlstate, "53300");
}

TEST(Classify, an_sql_error_keeps_its_code) {
  EXPECT_EQ(classify(pqxx::sql_error("x", "select", "TX042")).kind, FaultKind::event);
  EXPECT_EQ(classify(pqxx::sql_error("x", "select", "57014")).kind, FaultKind::split);
  EXPECT_EQ(classify(pqxx::unique_violation("x", "insert", "23505")).sqlstate, "23505");
}

TEST(Classify, anything_else_is_the_environment) {
  const auto fault = classify(std::runtime_error("bug"));
  EXPECT_EQ(fault.sqlstate, "");
  EXPECT_EQ(fault.kind, FaultKind::environment);
  EXPECT_EQ(fault.detail, "bug");
}

}  // namespace
}  // namespace common
