#include "api/auth/signature.hpp"

#include <gtest/gtest.h>

#include "api/auth/forge_test.hpp"

namespace api {
namespace {

constexpr std::string_view kText = "e30.e30";

VerificationKey public_half(const forge::Key& key) {
  return {.kid = key.kid(), .algorithm = *algorithm_named(key.alg()), .pem = key.public_pem()};
}

bool accepted(const forge::Key& key, std::string_view signature, std::string_view text = kText) {
  return is_signed(public_half(key), text, forge::base64url(signature));
}

class Signature : public testing::TestWithParam<const forge::Key* (*)()> {
 protected:
  const forge::Key& key = *GetParam()();
};
INSTANTIATE_TEST_SUITE_P(OfBothKinds, Signature,
                         testing::Values([] { return &forge::rsa_key(); }, [] { return &forge::ec_key(); }));

TEST_P(Signature, of_the_key_is_good) {
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(accepted(key, key.sign(kText)));
}

TEST_P(Signature, holds_for_its_text_only) {
  EXPECT_FALSE(accepted(key, key.sign(kText), "e30.e31"));
  EXPECT_FALSE(accepted(key, key.sign(kText), ""));
}

TEST_P(Signature, with_any_bit_changed_is_refused) {
  const auto good = key.sign(kText);
  for (std::size_t i = 0; i < good.size(); i += 7) {
    auto bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_FALSE(accepted(key, bad)) << i;
  }
}

TEST_P(Signature, of_another_length_is_refused) {
  const auto good = key.sign(kText);
  for (const auto& bad : {good.substr(1), good.substr(0, good.size() - 1), good + '\0', '\0' + good,
                          good + good, std::string(), std::string(1, 'x')}) {
    EXPECT_FALSE(accepted(key, bad)) << bad.size();
  }
}

TEST_P(Signature, of_another_key_of_the_kind_is_refused) {
  const auto other = key.alg() == "RS256" ? forge::Key::rsa("other") : forge::Key::ec("other");
  EXPECT_FALSE(accepted(key, other.sign(kText)));
}

TEST(EcSignature, is_r_and_s_and_not_der) {
  EXPECT_FALSE(accepted(forge::ec_key(), forge::ec_key().sign_der(kText)));
}

TEST(EcSignature, of_zeros_is_refused) {
  const auto good = forge::ec_key().sign(kText);
  EXPECT_FALSE(accepted(forge::ec_key(), std::string(64, '\0')));
  EXPECT_FALSE(accepted(forge::ec_key(), std::string(32, '\0') + good.substr(32)));
  EXPECT_FALSE(accepted(forge::ec_key(), good.substr(0, 32) + std::string(32, '\0')));
  EXPECT_FALSE(accepted(forge::ec_key(), std::string(64, '\xFF')));
}

TEST(MixedSignature, a_key_of_one_kind_proves_nothing_for_the_other) {
  for (const auto& [key, algorithm] :
       {std::pair(&forge::rsa_key(), Algorithm::es256), std::pair(&forge::ec_key(), Algorithm::rs256)}) {
    auto half = public_half(*key);
    half.algorithm = algorithm;
    EXPECT_FALSE(is_signed(half, kText, forge::base64url(key->sign(kText))));
  }
}

TEST(MixedSignature, without_a_usable_key_none_is_good) {
  for (const auto* pem : {"", "no key", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"}) {
    EXPECT_FALSE(is_signed({.kid = {}, .algorithm = Algorithm::rs256, .pem = pem}, kText, "AAAA"));
    EXPECT_FALSE(is_signed({.kid = {}, .algorithm = Algorithm::es256, .pem = pem}, kText, "AAAA"));
  }
}

}  // namespace
}  // namespace api
