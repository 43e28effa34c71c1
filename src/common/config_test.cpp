#include "common/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace common {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

std::vector<std::string> faults_of(const ConfigReader& reader) {
  try {
    reader.finish();
  } catch (const ConfigError& error) {
    return error.faults();
  }
  return {};
}

TEST(Config, an_empty_variable_counts_as_unset) {
  ConfigReader reader(Environment{{"NAME", ""}, {"COUNT", ""}});
  EXPECT_EQ(reader.text("NAME", "default"), "default");
  EXPECT_EQ(reader.integer("COUNT", 7, 0, 10), 7);
  EXPECT_FALSE(reader.is_set("NAME"));
}

TEST(Config, every_fault_is_reported_at_once) {
  ConfigReader reader(Environment{{"PORT", "70000"}, {"COUNT", "7x"}, {"LEVEL", "loud"}});
  (void)reader.port("PORT", 8000);
  (void)reader.integer("COUNT", 1, 0, 10);
  (void)reader.choice("LEVEL", "info", {"debug", "info"});
  (void)reader.required_text("BROKERS");
  EXPECT_THAT(faults_of(reader),
              ElementsAre(HasSubstr("PORT: must be a whole number from 0 to 65535"), HasSubstr("COUNT"),
                          HasSubstr("LEVEL: must be debug or info"), HasSubstr("BROKERS: is required")));
}

TEST(Config, a_good_configuration_is_not_refused) {
  ConfigReader reader(Environment{{"WAIT_MS", "250"}, {"PORT", "1"}});
  EXPECT_EQ(reader.milliseconds("WAIT_MS", 10ms, 1ms, 1000ms), 250ms);
  EXPECT_EQ(reader.seconds("WAIT_SEC", 3s, 1s, 9s), 3s);
  EXPECT_EQ(reader.port("PORT", 0), 1);
  EXPECT_THAT(faults_of(reader), IsEmpty());
}

TEST(Config, numbers_are_refused_outside_their_range_and_beyond_64_bits) {
  for (const auto* text : {"-1", "11", "99999999999999999999", " 5", "5 ", "0x5", "5.0", "+5"}) {
    ConfigReader reader(Environment{{"COUNT", text}});
    EXPECT_EQ(reader.integer("COUNT", 3, 0, 10), 3) << text;
    EXPECT_EQ(faults_of(reader).size(), 1U) << text;
  }
}

TEST(Config, an_enum_choice_lists_the_allowed_values) {
  enum class Env { local, prod };
  ConfigReader reader(Environment{{"APP_ENV", "staging"}});
  EXPECT_EQ(reader.choice<Env>("APP_ENV", Env::local, {{"local", Env::local}, {"prod", Env::prod}}),
            Env::local);
  EXPECT_THAT(faults_of(reader), ElementsAre("APP_ENV: must be local or prod"));
}

TEST(Config, an_enum_choice_takes_its_default_and_its_value) {
  enum class Env { local, prod };
  ConfigReader reader(Environment{{"SET", "prod"}});
  EXPECT_EQ(reader.choice<Env>("SET", Env::local, {{"local", Env::local}, {"prod", Env::prod}}), Env::prod);
  EXPECT_EQ(reader.choice<Env>("UNSET", Env::local, {{"local", Env::local}, {"prod", Env::prod}}),
            Env::local);
  EXPECT_THAT(reader.resolved(), ElementsAre(Pair("SET", "prod"), Pair("UNSET", "local")));
}

TEST(Config, a_list_drops_white_space_and_empty_items) {
  ConfigReader reader(Environment{{"KEYS", " a, ,b c ,"}});
  EXPECT_THAT(reader.list("KEYS", ""), ElementsAre("a", "b c"));
  EXPECT_THAT(reader.list("OTHER", "x,y"), ElementsAre("x", "y"));
}

TEST(Config, secrets_are_masked_in_what_is_shown) {
  ConfigReader reader(
      Environment{{"SASL", "hunter2"},
                  {"DATABASE_URL", "postgresql+psycopg://api:hunter2@db:5432/tx?sslpassword=hunter2&a=b"}});
  EXPECT_EQ(reader.secret("SASL"), "hunter2");
  EXPECT_EQ(reader.database_url("DATABASE_URL"),
            "postgresql://api:hunter2@db:5432/tx?sslpassword=hunter2&a=b");
  for (const auto& [name, shown] : reader.resolved()) EXPECT_THAT(shown, Not(HasSubstr("hunter2"))) << name;
  EXPECT_EQ(reader.resolved().back().second, "postgresql://api:***@db:5432/tx?sslpassword=***&a=b");
}

TEST(Config, a_password_with_delimiters_inside_is_masked_whole) {
  EXPECT_EQ(mask_url("postgresql://u:a@b:c/d@host/db"), "postgresql://u:***@host/db");
  EXPECT_EQ(mask_url("postgresql://host/db?password=x@y"), "postgresql://host/db?password=***");
  EXPECT_EQ(mask_url("password=x host=y"), "***");
}

TEST(Config, a_database_url_must_be_a_uri_that_libpq_can_read_and_is_not_told) {
  for (const auto* url :
       {"host=db password=secret", "postgresql://api:secr%et@db/tx", "postgresql://api:secret%",
        "postgresql://api:secret/x@db/tx", "postgresql://db/tx?secret=1"}) {
    ConfigReader reader(Environment{{"DATABASE_URL", url}});
    (void)reader.database_url("DATABASE_URL");
    ASSERT_EQ(faults_of(reader).size(), 1U) << url;
    EXPECT_THAT(faults_of(reader)[0], Not(HasSubstr("secr"))) << url;
  }
}

TEST(Config, a_setting_that_is_not_served_is_refused_only_when_it_matters) {
  ConfigReader served(Environment{{"AUTH_MODE", "disabled"}});
  served.refuse_unless("AUTH_MODE", {"disabled"}, "sign-in comes later");
  served.refuse_unless("DLQ_PATH", {}, "only the database");
  EXPECT_THAT(faults_of(served), IsEmpty());

  ConfigReader refused(Environment{{"AUTH_MODE", "oidc"}, {"DLQ_PATH", "/x"}});
  refused.refuse_unless("AUTH_MODE", {"disabled"}, "sign-in comes later");
  refused.refuse_unless("DLQ_PATH", {}, "only the database");
  EXPECT_THAT(faults_of(refused),
              ElementsAre("AUTH_MODE: oidc is not served yet, only disabled (sign-in comes later)",
                          "DLQ_PATH: is not served yet (only the database)"));
}

}  // namespace
}  // namespace common
