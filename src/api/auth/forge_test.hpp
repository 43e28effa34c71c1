#pragma once

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "common/base64.hpp"

/// Makes keys and tokens for tests, bad ones too.
namespace api::forge {

inline std::string base64url(std::string_view bytes) {
  auto text = common::to_base64(bytes);
  text.erase(std::min(text.find('='), text.size()));
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

inline unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// A key pair of an issuer.
class Key {
 public:
  static Key rsa(std::string kid, std::size_t bits = 2048) {
    return Key(std::move(kid), EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits), "RS256");
  }
  static Key ec(std::string kid, const char* curve = "P-256") {
    return Key(std::move(kid), EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve), "ES256");
  }

  [[nodiscard]] const std::string& kid() const { return kid_; }
  [[nodiscard]] const std::string& alg() const { return alg_; }

  /// As the issuer publishes it. `more`: further members, each with a comma before.
  [[nodiscard]] std::string jwk(const std::string& more = "") const {
    const auto name = kid_.empty() ? "" : R"("kid":")" + kid_ + R"(",)";
    if (alg_ == "RS256") {
      return "{" + name + R"("kty":"RSA","n":")" + parameter(OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" +
             parameter(OSSL_PKEY_PARAM_RSA_E) + "\"" + more + "}";
    }
    return "{" + name + R"("kty":"EC","crv":"P-256","x":")" + parameter(OSSL_PKEY_PARAM_EC_PUB_X) +
           R"(","y":")" + parameter(OSSL_PKEY_PARAM_EC_PUB_Y) + "\"" + more + "}";
  }

  [[nodiscard]] std::string public_pem() const {
    const std::unique_ptr<BIO, int (*)(BIO*)> memory(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PUBKEY(memory.get(), key_.get());
    char* data = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
  }

  /// PKCS #1, or DER of r and s.
  [[nodiscard]] std::string sign_der(std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::size_t size = 0;
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
    EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size());
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(text), text.size()) != 1)
      throw std::runtime_error("not signed");
    signature.resize(size);
    return signature;
  }

  /// The bytes that RFC 7518 wants.
  [[nodiscard]] std::string sign(std::string_view text) const {
    const auto der = sign_der(text);
    if (alg_ == "RS256") return der;
    const auto* at = bytes_of(der);
    const std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)> pair(
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), ECDSA_SIG_free);
    std::string raw(64, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes_of(raw), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes_of(raw) + 32, 32);
    return raw;
  }

 private:
  Key(std::string kid, EVP_PKEY* key, std::string alg)
      : kid_(std::move(kid)), alg_(std::move(alg)), key_(key, EVP_PKEY_free) {
    if (!key_) throw std::runtime_error("no key");
  }

  [[nodiscard]] std::string parameter(const char* name) const {
    BIGNUM* made = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), name, &made);
    const std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> number(made, BN_free);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(made)), '\0');
    BN_bn2bin(made, bytes_of(bytes));
    return base64url(bytes);
  }

  std::string kid_;
  std::string alg_;
  std::shared_ptr<EVP_PKEY> key_;
};

/// Made once: an RSA key takes its time.
inline const Key& rsa_key() {
  static const auto key = Key::rsa("rsa-1");
  return key;
}
inline const Key& ec_key() {
  static const auto key = Key::ec("ec-1");
  return key;
}

/// Header and claims, without the last dot.
inline std::string unsigned_token(std::string_view header, std::string_view claims) {
  return base64url(header) + "." + base64url(claims);
}

inline std::string token(const Key& key, std::string_view header, std::string_view claims) {
  const auto text = unsigned_token(header, claims);
  return text + "." + base64url(key.sign(text));
}

/// With the header that fits the key.
inline std::string token(const Key& key, std::string_view claims) {
  return token(key, R"({"alg":")" + key.alg() + R"(","kid":")" + key.kid() + R"("})", claims);
}

/// As who believes the header would check it: the public key is a shared secret.
inline std::string hmac_token(std::string_view secret, std::string_view header, std::string_view claims) {
  const auto text = unsigned_token(header, claims);
  std::string mac(32, '\0');
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes_of(text), text.size(),
       bytes_of(mac), &size);
  return text + "." + base64url(mac);
}

}  // namespace api::forge
