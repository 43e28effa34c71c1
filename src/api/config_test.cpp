#include "api/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace api {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> faults_of(common::Environment environment) {
  environment.emplace("DATABASE_URL", "postgresql://u:secret@h/db");
  try {
    (void)read_config(environment);
  } catch (const common::ConfigError& error) {
    return error.faults();
  }
  return {};
}

TEST(ApiConfig, only_the_database_must_be_named) {
  const auto config = read_config({{"DATABASE_URL", "postgresql://u:secret@h/db"}});
  EXPECT_EQ(config.server.host, "127.0.0.1");
  EXPECT_EQ(config.server.port, 8000);
  EXPECT_EQ(config.management.port, 9109);
  EXPECT_EQ(config.lookups.pool.size, 5U);
  EXPECT_EQ(config.lookups.coalescing.threads, 15U);
  EXPECT_EQ(config.lookups.checkout_timeout, 30s);
  EXPECT_EQ(config.lookups.slow_query, 200ms);
  EXPECT_THAT(config.service.masked_query_keys, ElementsAre("access_token", "token"));
  EXPECT_THAT(config.lookups.pool.connection_string, HasSubstr("plan_cache_mode%3Dforce_generic_plan"));
  for (const auto& [name, value] : config.resolved) EXPECT_THAT(value, Not(HasSubstr("secret"))) << name;
}

TEST(ApiConfig, lookups_and_the_monitor_wait_equally_long_for_an_answer) {
  const auto config =
      read_config({{"DATABASE_URL", "postgresql://u:secret@h/db"}, {"DB_ANSWER_TIMEOUT_MS", "7000"}});
  EXPECT_EQ(config.lookups.answer_timeout, 7s);
  EXPECT_EQ(config.monitor.session.answer_timeout, 7s);
}

TEST(ApiConfig, tokens_need_an_issuer_and_an_audience) {
  EXPECT_THAT(faults_of({{"AUTH_MODE", "oidc"}}),
              ElementsAre(HasSubstr("AUTH_ISSUER: is required"), HasSubstr("AUTH_AUDIENCE: is required")));
  const auto config = read_config({{"DATABASE_URL", "postgresql://h/db"},
                                   {"APP_ENV", "prod"},
                                   {"API_HOST", "0.0.0.0"},
                                   {"AUTH_MODE", "oidc"},
                                   {"AUTH_ISSUER", "https://issuer.example"},
                                   {"AUTH_AUDIENCE", "api://a, api://b"},
                                   {"AUTH_ALGORITHM", "ES256,RS256"}});
  ASSERT_TRUE(config.oidc);
  EXPECT_EQ(config.oidc->rules.issuer, "https://issuer.example");
  EXPECT_THAT(config.oidc->rules.audiences, ElementsAre("api://a", "api://b"));
  EXPECT_THAT(config.oidc->rules.algorithms, ElementsAre(Algorithm::es256, Algorithm::rs256));
  EXPECT_THAT(config.oidc->rules.role_claims, ElementsAre("roles", "scp"));
  EXPECT_THAT(config.oidc->rules.actor_id_claims, ElementsAre("oid", "sub"));
  EXPECT_EQ(config.oidc->rules.leeway, 60s);
  EXPECT_EQ(config.oidc->keys.issuer, "https://issuer.example");
}

TEST(ApiConfig, keys_come_over_https_only) {
  const common::Environment oidc{
      {"AUTH_MODE", "oidc"}, {"AUTH_ISSUER", "http://issuer.example"}, {"AUTH_AUDIENCE", "a"}};
  EXPECT_THAT(faults_of(oidc), ElementsAre(HasSubstr("AUTH_ISSUER: must start with https://")));
  auto with_url = oidc;
  with_url["AUTH_JWKS_URL"] = "http://issuer.example/keys";
  EXPECT_THAT(faults_of(with_url), ElementsAre(HasSubstr("AUTH_JWKS_URL: must start with https://")));
  with_url["AUTH_JWKS_URL"] = "https://issuer.example/keys";
  EXPECT_THAT(faults_of(with_url), IsEmpty());
}

TEST(ApiConfig, keys_are_good_until_they_have_been_fetched_anew) {
  common::Environment oidc{
      {"AUTH_MODE", "oidc"}, {"AUTH_ISSUER", "https://issuer.example"}, {"AUTH_AUDIENCE", "a"}};
  oidc["AUTH_JWKS_REFRESH_SEC"] = "600";
  oidc["AUTH_JWKS_MAX_AGE_SEC"] = "1199";
  EXPECT_THAT(faults_of(oidc), ElementsAre(HasSubstr("AUTH_JWKS_MAX_AGE_SEC")));
  oidc["AUTH_JWKS_MAX_AGE_SEC"] = "1200";
  EXPECT_THAT(faults_of(oidc), IsEmpty());
}

TEST(ApiConfig, tokens_need_an_algorithm) {
  EXPECT_THAT(faults_of({{"AUTH_MODE", "oidc"},
                         {"AUTH_ISSUER", "https://issuer.example"},
                         {"AUTH_AUDIENCE", "a"},
                         {"AUTH_ALGORITHM", ","}}),
              ElementsAre(HasSubstr("AUTH_ALGORITHM")));
}

TEST(ApiConfig, every_fault_of_the_token_settings_is_told) {
  EXPECT_THAT(faults_of({{"AUTH_MODE", "oidc"},
                         {"AUTH_ISSUER", "https://issuer.example"},
                         {"AUTH_AUDIENCE", " , "},
                         {"AUTH_ALGORITHM", "RS256,HS256,none"},
                         {"AUTH_ROLES_CLAIM", ","},
                         {"AUTH_ACTOR_ID_CLAIMS", ","},
                         {"AUTH_LEEWAY_SEC", "-1"},
                         {"AUTH_CA_FILE", "/nowhere/ca.pem"}}),
              ElementsAre(HasSubstr("HS256"), HasSubstr("none"), HasSubstr("AUTH_LEEWAY_SEC"),
                          HasSubstr("AUTH_AUDIENCE"), HasSubstr("AUTH_ROLES_CLAIM"),
                          HasSubstr("AUTH_ACTOR_ID_CLAIMS"), HasSubstr("AUTH_CA_FILE")));
}

TEST(ApiConfig, the_open_mode_is_for_the_local_machine_only) {
  EXPECT_FALSE(read_config({{"DATABASE_URL", "postgresql://h/db"}}).oidc);
  EXPECT_THAT(faults_of({{"APP_ENV", "prod"}}), ElementsAre(HasSubstr("needs APP_ENV=local")));
  for (const auto* host : {"0.0.0.0", "::", "10.0.0.1", "example.org", "127.evil.example"}) {
    EXPECT_THAT(faults_of({{"API_HOST", host}}), ElementsAre(HasSubstr("API_HOST"))) << host;
  }
  for (const auto* host : {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    EXPECT_THAT(faults_of({{"API_HOST", host}}), IsEmpty()) << host;
}

TEST(ApiConfig, the_open_mode_elsewhere_has_to_be_meant) {
  const auto faults = [](const char* override_text) {
    return faults_of(
        {{"APP_ENV", "prod"}, {"API_HOST", "0.0.0.0"}, {"AUTH_DISABLED_OVERRIDE", override_text}});
  };
  EXPECT_THAT(faults("anyone-may-read-everything"), IsEmpty());
  EXPECT_THAT(faults("yes"), ElementsAre(HasSubstr("AUTH_DISABLED_OVERRIDE"), HasSubstr("AUTH_MODE"),
                                         HasSubstr("API_HOST")));
  EXPECT_THAT(faults_of({{"APP_ENV", "local"}, {"AUTH_DISABLED_OVERRIDE", "anyone-may-read-everything"}}),
              IsEmpty());
}

TEST(ApiConfig, nobody_believes_by_mistake_that_tokens_are_checked) {
  for (const auto* name : {"AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_JWKS_URL"})
    EXPECT_THAT(faults_of({{name, "https://issuer.example"}}), ElementsAre(HasSubstr("checks nothing")))
        << name;
}

TEST(ApiConfig, all_faults_come_at_once) {
  EXPECT_THAT(faults_of({{"API_PORT", "x"},
                         {"TRUSTED_PROXIES", "10.0.0.0/8,nowhere"},
                         {"LOG_LEVEL", "loud"},
                         {"OTEL_EXPORTER_OTLP_ENDPOINT", "http://x"}}),
              ElementsAre(HasSubstr("LOG_LEVEL"), HasSubstr("API_PORT"), HasSubstr("nowhere"),
                          HasSubstr("OTEL_EXPORTER_OTLP_ENDPOINT")));
}

TEST(ApiConfig, commands_about_the_audit_log_have_time) {
  const auto config = read_audit_config({{"DATABASE_URL", "postgresql://u:secret@h/db"}});
  EXPECT_EQ(config.retention_months, 13);
  EXPECT_THAT(config.connection_string, HasSubstr("statement_timeout%3D600000"));
  EXPECT_THROW((void)read_audit_config({{"AUDIT_RETENTION_MONTHS", "0"}}), common::ConfigError);
}

TEST(ApiConfig, sealing_can_be_switched_off) {
  const common::Environment environment{{"DATABASE_URL", "postgresql://u:secret@h/db"},
                                        {"AUDIT_SEAL_INTERVAL_SEC", "0"}};
  EXPECT_EQ(read_config(environment).monitor.seal_interval, 0s);
}

TEST(ApiConfig, help_lists_the_settings_with_their_defaults) {
  EXPECT_THAT(settings_help(), HasSubstr("\n  API_PORT=8000\n"));
  EXPECT_THAT(settings_help(), HasSubstr("AUDIT_MASK_QUERY_KEYS=access_token,token"));
}

}  // namespace
}  // namespace api
