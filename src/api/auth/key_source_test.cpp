#include "api/auth/key_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <map>
#include <utility>

#include "api/auth/forge_test.hpp"

namespace api {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kJwksUrl = "https://issuer.example/keys";

std::string jwks(const forge::Key& key) {
  return R"({"keys":[)" + key.jwk() + "]}";
}

/// Answers by URL; whatever has none is away. Held, it lets a fetch wait.
class Issuer {
 public:
  Issuer(std::map<std::string, std::string> answers, bool held) : answers_(std::move(answers)), held_(held) {}

  std::string answer(const std::string& url, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    asked_.push_back(url);
    changed_.notify_all();
    changed_.wait(lock, stop, [this] { return !held_; });
    const auto found = answers_.find(url);
    if (found == answers_.end()) throw std::runtime_error("away");
    return found->second;
  }
  void say(const std::string& url, const std::string& answer) {
    const std::scoped_lock lock(mutex_);
    answers_[url] = answer;
  }
  void hold(bool held) {
    const std::scoped_lock lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }
  void await_question() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !asked_.empty(); });
  }
  std::vector<std::string> asked() {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, std::string> answers_;
  std::vector<std::string> asked_;
  bool held_;
};

KeySource::Options eager() {
  KeySource::Options options;
  options.issuer = "https://issuer.example";
  options.jwks_url = kJwksUrl;
  options.cooldown = 0s;
  options.max_wait = 60s;
  return options;
}

struct Fixture {
  explicit Fixture(std::map<std::string, std::string> answers, KeySource::Options options = eager(),
                   bool held = false)
      : issuer(std::move(answers), held),
        source(
            std::move(options),
            [this](const auto& url, const auto& stop) { return issuer.answer(url, stop); }, metrics) {}

  /// Until a fetch has ended that began after this: one thread makes them all, so it has when a second began.
  void await_fetch(std::size_t questions_each = 1) {
    const auto wanted = issuer.asked().size() + 2 * questions_each;
    while (issuer.asked().size() < wanted) (void)source.refresh(true);
  }

  Issuer issuer;
  common::Metrics metrics;
  KeySource source;
};

TEST(KeySource, has_the_keys_after_the_first_fetch_and_is_ready_then) {
  Fixture fixture({{kJwksUrl, jwks(forge::ec_key())}});
  fixture.await_fetch();
  ASSERT_NE(fixture.source.keys(), nullptr);
  EXPECT_NE(fixture.source.keys()->find("ec-1"), nullptr);
  EXPECT_TRUE(fixture.source.readiness().ready);
}

TEST(KeySource, without_any_keys_is_not_ready) {
  Fixture fixture({});
  fixture.await_fetch();
  EXPECT_EQ(fixture.source.keys(), nullptr);
  EXPECT_FALSE(fixture.source.readiness().ready);
  EXPECT_THAT(fixture.metrics.render(), HasSubstr(R"(auth_jwks_fetches_total{result="failed"})"));
}

TEST(KeySource, takes_the_address_from_the_issuer_unless_it_is_told) {
  const auto* discovery = "https://issuer.example/tenant/.well-known/openid-configuration";
  auto options = eager();
  options.issuer = "https://issuer.example/tenant/";
  options.jwks_url = "";
  Fixture fixture(
      {{discovery, R"({"issuer":"https://issuer.example/tenant/","jwks_uri":"https://keys.example/k"})"},
       {"https://keys.example/k", jwks(forge::ec_key())}},
      options);
  fixture.await_fetch(2);
  EXPECT_NE(fixture.source.keys(), nullptr);
  auto asked = fixture.issuer.asked();
  asked.resize(2);
  EXPECT_THAT(asked, ElementsAre(discovery, "https://keys.example/k"));
}

TEST(KeySource, believes_no_discovery_document_of_another_issuer) {
  for (const auto* document :
       {R"({"issuer":"https://evil.example","jwks_uri":"https://issuer.example/keys"})",
        R"({"issuer":"https://issuer.example"})", R"({"jwks_uri":"https://issuer.example/keys"})",
        R"({"issuer":"https://issuer.example","jwks_uri":1})", "[]", "x"}) {
    auto options = eager();
    options.jwks_url = "";
    Fixture fixture({{"https://issuer.example/.well-known/openid-configuration", document},
                     {kJwksUrl, jwks(forge::ec_key())}},
                    options);
    fixture.await_fetch();
    EXPECT_EQ(fixture.source.keys(), nullptr) << document;
    EXPECT_THAT(fixture.issuer.asked(), Not(Contains(kJwksUrl))) << document;
  }
}

TEST(KeySource, keeps_the_last_keys_when_a_fetch_brings_none) {
  for (const auto* bad : {"x", "{}", R"({"keys":[]})", R"({"keys":[{"kty":"oct","k":"AA"}]})"}) {
    Fixture fixture({{kJwksUrl, jwks(forge::ec_key())}});
    fixture.await_fetch();
    const auto before = fixture.source.keys();
    fixture.issuer.say(kJwksUrl, bad);
    fixture.await_fetch();
    EXPECT_NE(before, nullptr);
    EXPECT_EQ(fixture.source.keys(), before) << bad;
  }
}

TEST(KeySource, has_other_keys_only_when_the_issuer_has) {
  Fixture fixture({{kJwksUrl, jwks(forge::ec_key())}});
  fixture.await_fetch();
  const auto first = fixture.source.keys();
  fixture.await_fetch();
  EXPECT_EQ(fixture.source.keys(), first);
  fixture.issuer.say(kJwksUrl, jwks(forge::rsa_key()));
  fixture.await_fetch();
  EXPECT_NE(fixture.source.keys()->find("rsa-1"), nullptr);
  EXPECT_EQ(fixture.source.keys()->find("ec-1"), nullptr);
}

TEST(KeySource, gives_no_keys_that_are_too_old) {
  auto options = eager();
  options.max_age = 0s;
  Fixture fixture({{kJwksUrl, jwks(forge::ec_key())}}, options);
  fixture.await_fetch();
  EXPECT_EQ(fixture.source.keys(), nullptr);
  EXPECT_FALSE(fixture.source.readiness().ready);
}

TEST(KeySource, fetches_no_more_often_than_the_cool_down_allows) {
  auto options = eager();
  options.cooldown = 3600s;
  Fixture fixture({{kJwksUrl, jwks(forge::ec_key())}}, options);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(fixture.source.refresh(true));
  EXPECT_EQ(fixture.issuer.asked().size(), 1U);
}

TEST(KeySource, lets_a_few_wait_for_one_fetch_and_sends_the_others_away) {
  Fixture fixture({{kJwksUrl, jwks(forge::ec_key())}}, eager(), true);
  fixture.issuer.await_question();
  std::vector<std::future<bool>> callers;
  for (int i = 0; i < 16; ++i)
    callers.push_back(std::async(std::launch::async, [&] { return fixture.source.refresh(true); }));
  const auto ended = [](auto& caller) { return caller.wait_for(0s) == std::future_status::ready; };
  while (std::count_if(callers.begin(), callers.end(), ended) < 12) std::this_thread::yield();
  fixture.issuer.hold(false);
  EXPECT_EQ(std::count_if(callers.begin(), callers.end(), [](auto& caller) { return caller.get(); }), 4);
  EXPECT_EQ(fixture.issuer.asked().size(), 1U);
}

TEST(KeySource, says_of_no_key_that_it_is_not_published_while_the_issuer_does_not_answer) {
  auto options = eager();
  options.cooldown = 3600s;
  Fixture fixture({}, options);
  for (int i = 0; i < 3; ++i)
    EXPECT_FALSE(fixture.source.refresh(true)) << "fetched in vain, then cooling down";
  EXPECT_EQ(fixture.issuer.asked().size(), 1U);
}

TEST(KeySource, lets_nobody_wait_who_may_not) {
  auto options = eager();
  options.max_wait = 3600s;
  Fixture fixture({{kJwksUrl, jwks(forge::ec_key())}}, options, true);
  fixture.issuer.await_question();
  EXPECT_FALSE(fixture.source.refresh(false));
  fixture.issuer.hold(false);
}

TEST(KeySource, lets_nobody_wait_for_long) {
  auto options = eager();
  options.max_wait = 1ms;
  Fixture fixture({{kJwksUrl, jwks(forge::ec_key())}}, options, true);
  EXPECT_FALSE(fixture.source.refresh(true));
  fixture.issuer.hold(false);
}

}  // namespace
}  // namespace api
