#include "api/auth/jwk_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/auth/forge_test.hpp"

namespace api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ParsedJwkSet parsed(const std::string& jwks) {
  return parse_jwk_set(R"({"keys":[)" + jwks + "]}").value();
}

std::string why_skipped(const std::string& jwk) {
  const auto set = parsed(jwk);
  return set.keys.size() == 0 && set.skipped.size() == 1 ? set.skipped[0] : "used";
}

std::string with(std::string jwk, std::string_view old, std::string_view replacement) {
  return jwk.replace(jwk.find(old), old.size(), replacement);
}

TEST(JwkSet, keys_of_both_kinds_are_found_by_kid) {
  const auto set =
      parsed(forge::rsa_key().jwk() + "," + forge::ec_key().jwk(R"(,"use":"sig","alg":"ES256","x5c":["x"])"));
  EXPECT_THAT(set.skipped, IsEmpty());
  EXPECT_EQ(set.keys.find("rsa-1")->algorithm, Algorithm::rs256);
  EXPECT_EQ(set.keys.find("rsa-1")->pem, forge::rsa_key().public_pem());
  EXPECT_EQ(set.keys.find("ec-1")->algorithm, Algorithm::es256);
  EXPECT_EQ(set.keys.find("ec-1")->pem, forge::ec_key().public_pem());
  EXPECT_EQ(set.keys.find("RSA-1"), nullptr);
}

TEST(JwkSet, a_coordinate_without_its_leading_zeros_is_padded) {
  auto key = forge::Key::ec("k");
  const auto x_characters = [&] { return key.jwk().find(R"(","y":)") - key.jwk().find(R"("x":")") - 5; };
  while (x_characters() == 43) key = forge::Key::ec("k");  // one key in 256 has a shorter x
  const auto set = parsed(key.jwk());
  ASSERT_EQ(set.keys.size(), 1U);
  EXPECT_EQ(set.keys.find("k")->pem, key.public_pem());
}

TEST(JwkSet, a_token_without_kid_gets_the_only_key_without_one) {
  const auto nameless = forge::Key::ec("");
  const auto named = forge::ec_key().jwk();
  EXPECT_EQ(parsed(named).keys.find(std::nullopt), nullptr);
  EXPECT_NE(parsed(named + "," + nameless.jwk()).keys.find(std::nullopt), nullptr);
  EXPECT_EQ(parsed(nameless.jwk() + "," + forge::Key::ec("").jwk()).keys.find(std::nullopt), nullptr);
  EXPECT_EQ(parsed(nameless.jwk()).keys.find("ec-1"), nullptr);
}

TEST(JwkSet, a_kid_that_two_keys_have_names_none) {
  EXPECT_EQ(parsed(forge::ec_key().jwk() + "," + forge::Key::ec("ec-1").jwk()).keys.find("ec-1"), nullptr);
}

TEST(JwkSet, keys_for_other_purposes_are_skipped_and_the_others_kept) {
  const auto set = parsed(R"({"kty":"oct","k":"c2VjcmV0"},)" + forge::ec_key().jwk() + R"(,"text")");
  EXPECT_EQ(set.keys.size(), 1U);
  EXPECT_THAT(set.skipped, ElementsAre(HasSubstr("key 0 is neither"), HasSubstr("key 2 is neither")));
  EXPECT_THAT(why_skipped(forge::rsa_key().jwk(R"(,"use":"enc")")), HasSubstr("its use is not sig"));
  EXPECT_THAT(why_skipped(forge::rsa_key().jwk(R"(,"alg":"RS512")")), HasSubstr("alg"));
  EXPECT_THAT(why_skipped(forge::rsa_key().jwk(R"(,"alg":"ES256")")), HasSubstr("alg"));
  EXPECT_THAT(why_skipped(forge::ec_key().jwk(R"(,"alg":"RS256")")), HasSubstr("alg"));
  EXPECT_THAT(why_skipped(with(forge::ec_key().jwk(), R"("ec-1")", "1")), HasSubstr("kid"));
}

TEST(JwkSet, weak_and_huge_rsa_keys_are_skipped) {
  EXPECT_THAT(why_skipped(forge::Key::rsa("weak", 1024).jwk()), HasSubstr("1024 bits"));
  const auto huge = forge::base64url(std::string(1025, '\xFF'));
  EXPECT_THAT(why_skipped(R"({"kty":"RSA","n":")" + huge + R"(","e":"AQAB"})"), HasSubstr("8200 bits"));
  EXPECT_THAT(why_skipped(with(forge::rsa_key().jwk(), R"("AQAB")", R"("AQ")")), HasSubstr("check"));
}

TEST(JwkSet, other_curves_and_points_off_the_curve_are_skipped) {
  EXPECT_THAT(why_skipped(with(forge::ec_key().jwk(), "P-256", "P-384")), HasSubstr("P-256"));
  EXPECT_THAT(why_skipped(R"({"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"})"), HasSubstr("is no key"));
  EXPECT_THAT(why_skipped(R"({"kty":"EC","crv":"P-256","x":"AQ"})"), HasSubstr("no good y"));
  EXPECT_THAT(why_skipped(R"({"kty":"EC","crv":"P-256","x":"A+==","y":"AQ"})"), HasSubstr("no good x"));
}

TEST(JwkSet, any_other_document_is_refused) {
  for (const auto* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[],"keys":[]})"})
    EXPECT_FALSE(parse_jwk_set(text)) << text;
}

}  // namespace
}  // namespace api
