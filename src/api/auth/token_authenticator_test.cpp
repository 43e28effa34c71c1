#include "api/auth/token_authenticator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/auth/forge_test.hpp"

namespace api {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using common::http::Request;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kNow = 1'800'000'000;
const std::string kClaims =
    R"({"iss":"https://issuer.example","aud":"api://bo","exp":1800000300,"sub":"alice","roles":["ADMIN_READ"]})";
const std::string kRsaHeader = R"({"alg":"RS256","kid":"rsa-1"})";

Request with(std::vector<common::http::Header> headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

Request bearing(const std::string& token) {
  return with({{"Authorization", "Bearer " + token}});
}

/// An authenticator whose issuer publishes forge::rsa_key() and forge::ec_key(), and what `jwks` says later
/// on.
struct Fixture {
  explicit Fixture(std::vector<Algorithm> algorithms = {Algorithm::rs256, Algorithm::es256},
                   std::chrono::seconds max_age = 60s)
      : source(
            {.issuer = {},
             .jwks_url = "https://issuer.example/keys",
             .cooldown = 3600s,
             .max_age = max_age,
             .max_wait = 60s},
            [this](const auto&, const auto&) { return jwks; }, metrics),
        authenticator({.issuer = "https://issuer.example",
                       .audiences = {"api://bo"},
                       .algorithms = std::move(algorithms),
                       .leeway = 60s,
                       .role_claims = {"roles"},
                       .actor_id_claims = {"sub"}},
                      2, source, metrics, [this] { return now; }) {
    (void)source.refresh(true);
  }

  std::string reason(const Request& request) {
    const auto outcome = authenticator.authenticate(request);
    const auto* refusal = std::get_if<Refusal>(&outcome);
    return refusal == nullptr ? "accepted" : std::to_string(refusal->status) + " " + refusal->reason;
  }
  std::string reason(const std::string& token) { return reason(bearing(token)); }
  Refusal refusal(const Request& request) { return std::get<Refusal>(authenticator.authenticate(request)); }

  std::string jwks = R"({"keys":[)" + forge::rsa_key().jwk() + "," + forge::ec_key().jwk() + "]}";
  std::int64_t now = kNow;
  common::Metrics metrics;
  KeySource source;
  TokenAuthenticator authenticator;
};

std::string replaced(std::string text, std::string_view old, std::string_view replacement) {
  return text.replace(text.find(old), old.size(), replacement);
}

TEST(TokenAuthenticator, lets_in_whom_the_issuer_vouches_for) {
  Fixture fixture;
  for (const auto* key : {&forge::rsa_key(), &forge::ec_key()}) {
    const auto actor =
        std::get<Actor>(fixture.authenticator.authenticate(bearing(forge::token(*key, kClaims))));
    EXPECT_EQ(actor.id, "alice");
    EXPECT_EQ(actor.roles, "ADMIN_READ");
  }
  EXPECT_THAT(fixture.metrics.render(), HasSubstr(R"(auth_tokens_total{result="accepted"} 2)"));
}

TEST(TokenAuthenticator, without_credentials_asks_for_a_token_and_names_no_error) {
  Fixture fixture;
  for (const auto& request :
       {with({}), with({{"Authorization", ""}}), with({{"Authorization", "Basic YTpi"}}),
        with({{"Authorization", "BearerX abc"}}),
        with({{"X-Actor-Id", "root"}, {"X-Actor-Roles", "ADMIN_READ"}})}) {
    const auto refusal = fixture.refusal(request);
    EXPECT_EQ(refusal.status, 401);
    EXPECT_EQ(refusal.challenge, R"(Bearer realm="bo-admin-api")");
  }
}

TEST(TokenAuthenticator, takes_the_scheme_in_any_case) {
  Fixture fixture;
  const auto token = forge::token(forge::ec_key(), kClaims);
  EXPECT_EQ(fixture.reason(with({{"authorization", "bearer " + token}})), "accepted");
  EXPECT_EQ(fixture.reason(with({{"AUTHORIZATION", "BEARER  " + token}})), "accepted");
}

TEST(TokenAuthenticator, calls_a_header_bad_that_is_not_one_token) {
  Fixture fixture;
  const auto token = forge::token(forge::ec_key(), kClaims);
  for (const auto& request :
       {with({{"Authorization", "Bearer"}}), with({{"Authorization", "Bearer "}}),
        with({{"Authorization", "Bearer " + token + " " + token}}),
        with({{"Authorization", "Bearer " + token}, {"authorization", "Bearer " + token}}),
        with({{"Authorization", "Basic YTpi"}, {"Authorization", "Bearer " + token}})}) {
    const auto refusal = fixture.refusal(request);
    EXPECT_EQ(refusal.status, 400);
    EXPECT_THAT(refusal.challenge, HasSubstr(R"(error="invalid_request")"));
  }
}

TEST(TokenAuthenticator, says_of_a_bad_token_what_is_wrong_and_never_repeats_it) {
  Fixture fixture;
  const auto refusal = fixture.refusal(bearing("c2VjcmV0.c2VjcmV0.c2VjcmV0"));
  EXPECT_EQ(refusal.status, 401);
  EXPECT_EQ(refusal.challenge, R"(Bearer realm="bo-admin-api", error="invalid_token", error_description=")" +
                                   refusal.detail + "\"");
  EXPECT_THAT(refusal.detail + refusal.reason + refusal.challenge, Not(HasSubstr("c2VjcmV0")));
}

TEST(TokenAuthenticator, refuses_tokens_that_nobody_signed) {
  Fixture fixture;
  for (const auto* alg : {"none", "None", "NONE", ""}) {
    const auto text = forge::unsigned_token(R"({"alg":")"s + alg + R"(","kid":"rsa-1"})", kClaims);
    EXPECT_EQ(fixture.reason(text + "."), "401 algorithm") << alg;
  }
  EXPECT_EQ(fixture.reason(forge::unsigned_token(kRsaHeader, kClaims) + "."), "401 signature");
  EXPECT_EQ(fixture.reason(forge::unsigned_token(kRsaHeader, kClaims) + ".AAAA"), "401 signature");
}

TEST(TokenAuthenticator, refuses_a_public_key_as_a_shared_secret) {
  Fixture fixture;
  for (const auto* key : {&forge::rsa_key(), &forge::ec_key()}) {
    for (const auto* alg : {"HS256", "hs256", "RS256", "ES256"}) {
      const auto token = forge::hmac_token(
          key->public_pem(), R"({"alg":")"s + alg + R"(","kid":")" + key->kid() + "\"}", kClaims);
      EXPECT_THAT(fixture.reason(token), HasSubstr("401 ")) << alg;
    }
  }
}

TEST(TokenAuthenticator, refuses_an_algorithm_that_is_not_that_of_the_key) {
  Fixture fixture;
  EXPECT_EQ(fixture.reason(forge::token(forge::ec_key(), R"({"alg":"ES256","kid":"rsa-1"})", kClaims)),
            "401 algorithm");
  EXPECT_EQ(fixture.reason(forge::token(forge::rsa_key(), R"({"alg":"RS256","kid":"ec-1"})", kClaims)),
            "401 algorithm");
  EXPECT_EQ(fixture.reason(forge::token(forge::rsa_key(), R"({"alg":"ES256","kid":"rsa-1"})", kClaims)),
            "401 algorithm");
}

TEST(TokenAuthenticator, refuses_an_algorithm_that_is_not_configured) {
  Fixture fixture({Algorithm::rs256});
  EXPECT_EQ(fixture.reason(forge::token(forge::ec_key(), kClaims)), "401 algorithm");
  EXPECT_EQ(fixture.reason(forge::token(forge::rsa_key(), kClaims)), "accepted");
}

TEST(TokenAuthenticator, refuses_keys_that_the_issuer_does_not_publish) {
  Fixture fixture;
  const auto stranger = forge::Key::ec("ec-1");
  EXPECT_EQ(fixture.reason(forge::token(stranger, kClaims)), "401 signature");
  EXPECT_EQ(fixture.reason(forge::token(forge::Key::ec("nobody"), kClaims)), "401 unknown_key");
  EXPECT_EQ(fixture.reason(forge::token(stranger, R"({"alg":"ES256"})", kClaims)), "401 unknown_key");
  for (const auto* kid : {"", "../ec-1", "EC-1", "rsa-1' or '1'='1"})
    EXPECT_EQ(fixture.reason(forge::token(stranger, R"({"alg":"ES256","kid":")"s + kid + "\"}", kClaims)),
              "401 unknown_key")
        << kid;
}

TEST(TokenAuthenticator, believes_no_key_that_the_token_brings_or_points_to) {
  Fixture fixture;
  const auto stranger = forge::Key::ec("ec-1");
  for (const auto& member : {R"("jwk":)" + stranger.jwk(), R"("jku":"https://evil.example/keys")"s,
                             R"("x5u":"https://evil.example/cert")"s, R"("x5c":["MIIB"])"s}) {
    EXPECT_EQ(
        fixture.reason(forge::token(stranger, R"({"alg":"ES256","kid":"ec-1",)" + member + "}", kClaims)),
        "401 signature")
        << member;
    EXPECT_EQ(fixture.reason(forge::token(stranger, R"({"alg":"ES256",)" + member + "}", kClaims)),
              "401 unknown_key")
        << member;
    EXPECT_EQ(fixture.reason(
                  forge::token(forge::ec_key(), R"({"alg":"ES256","kid":"ec-1",)" + member + "}", kClaims)),
              "accepted")
        << member;
  }
}

TEST(TokenAuthenticator, refuses_claims_or_a_header_that_were_changed) {
  Fixture fixture;
  const auto good = forge::token(forge::rsa_key(), kClaims);
  const auto signature = good.substr(good.rfind('.'));
  EXPECT_EQ(
      fixture.reason(forge::unsigned_token(kRsaHeader, replaced(kClaims, "alice", "admin")) + signature),
      "401 signature");
  EXPECT_EQ(
      fixture.reason(forge::unsigned_token(R"({"alg":"RS256","kid":"rsa-1","x":1})", kClaims) + signature),
      "401 signature");
}

TEST(TokenAuthenticator, refuses_signed_claims_that_give_nothing_here) {
  Fixture fixture;
  const std::pair<std::string, const char*> cases[] = {
      {replaced(kClaims, "1800000300", "1800000000"), "401 expired"},
      {replaced(kClaims, R"("sub")", R"("nbf":1800000061,"sub")"), "401 not_yet_valid"},
      {replaced(kClaims, "issuer.example", "evil.example"), "401 issuer"},
      {replaced(kClaims, "api://bo", "api://x"), "401 audience"},
      {replaced(kClaims, R"("alice")", "1"), "401 claims"},
      {replaced(kClaims, "1800000300", "1.8e9"), "401 malformed"},
      {replaced(kClaims, R"("sub")", R"("sub":"root","sub")"), "401 malformed"}};
  for (const auto& [claims, reason] : cases)
    EXPECT_EQ(fixture.reason(forge::token(forge::ec_key(), claims)), reason);
}

TEST(TokenAuthenticator, lets_a_remembered_token_expire) {
  Fixture fixture;
  const auto token = forge::token(forge::ec_key(), kClaims);
  EXPECT_EQ(fixture.reason(token), "accepted");
  fixture.now = kNow + 299;
  EXPECT_EQ(fixture.reason(token), "accepted");
  fixture.now = kNow + 300;
  EXPECT_EQ(fixture.reason(token), "401 expired");
}

TEST(TokenAuthenticator, goes_on_when_more_tokens_come_than_are_remembered) {
  Fixture fixture;
  for (int round = 0; round < 2; ++round) {
    for (const auto* name : {"a", "b", "c", "d"}) {
      const auto claims = replaced(kClaims, "alice", name);
      EXPECT_EQ(
          std::get<Actor>(fixture.authenticator.authenticate(bearing(forge::token(forge::ec_key(), claims))))
              .id,
          name);
    }
  }
}

TEST(TokenAuthenticator, can_say_nothing_of_a_token_without_keys) {
  Fixture fixture({Algorithm::es256}, 0s);
  const auto token = forge::token(forge::ec_key(), kClaims);
  EXPECT_EQ(fixture.reason(token), "503 no_keys");
  EXPECT_EQ(fixture.reason("x"), "503 no_keys");
  EXPECT_EQ(fixture.reason(with({})), "401 missing");
}

TEST(GrantCache, holds_for_one_key_set_only) {
  const auto keys = std::make_shared<const JwkSet>(std::vector<VerificationKey>{});
  const auto others = std::make_shared<const JwkSet>(std::vector<VerificationKey>{});
  GrantCache cache(10);
  cache.add("token", keys, {.actor = {"alice", ""}, .valid_from = 0, .expires = 1});
  EXPECT_EQ(cache.find("token", keys)->actor.id, "alice");
  EXPECT_FALSE(cache.find("token", others));
  EXPECT_FALSE(cache.find("Token", keys));
  cache.add("other", others, {});
  EXPECT_FALSE(cache.find("token", others));
}

TEST(GrantCache, begins_anew_when_it_is_full) {
  const auto keys = std::make_shared<const JwkSet>(std::vector<VerificationKey>{});
  GrantCache cache(2);
  for (const auto* token : {"a", "b", "c"}) cache.add(token, keys, {});
  EXPECT_FALSE(cache.find("a", keys));
  EXPECT_TRUE(cache.find("c", keys));
  GrantCache none(0);
  none.add("a", keys, {});
  EXPECT_FALSE(none.find("a", keys));
}

}  // namespace
}  // namespace api
