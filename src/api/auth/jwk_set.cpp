#include "api/auth/jwk_set.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <algorithm>
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>

#include "common/base64.hpp"

namespace api {
namespace {

constexpr int kMinRsaBits = 2048;
constexpr int kMaxRsaBits = 8192;  ///< what a larger one costs to check, a client could make us pay
constexpr std::size_t kP256CoordinateBytes = 32;
constexpr std::size_t kMaxKeys = 100;

template <auto Free>
struct Deleter {
  void operator()(auto* object) const { Free(object); }
};
template <class Object, auto Free>
using Handle = std::unique_ptr<Object, Deleter<Free>>;
using Number = Handle<BIGNUM, BN_free>;
using ParamBuilder = Handle<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = Handle<OSSL_PARAM, OSSL_PARAM_free>;
using KeyContext = Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using PublicKey = Handle<EVP_PKEY, EVP_PKEY_free>;
using MemoryBio = Handle<BIO, BIO_free>;

/// Why a key can't be used.
struct Unusable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class Pointer>
Pointer checked(Pointer made) {
  if (!made) throw std::bad_alloc();
  return made;
}

std::string bytes_of(const Json& jwk, const char* name) {
  const auto* value = jwk.find(name);
  auto bytes =
      value != nullptr && value->text() != nullptr ? common::from_base64url(*value->text()) : std::nullopt;
  if (!bytes || bytes->empty()) throw Unusable(std::string("has no good ") + name);
  return std::move(*bytes);
}

Number number_of(const std::string& bytes) {
  return checked(Number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                                  static_cast<int>(bytes.size()), nullptr)));
}

PublicKey make_key(const char* type, OSSL_PARAM_BLD* builder) {
  const auto params = checked(Params(OSSL_PARAM_BLD_to_param(builder)));
  const auto making = checked(KeyContext(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)));
  EVP_PKEY* made = nullptr;
  const bool good = EVP_PKEY_fromdata_init(making.get()) == 1 &&
                    EVP_PKEY_fromdata(making.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) == 1;
  PublicKey key(made);
  if (!good) throw Unusable("is no key");
  const auto checking = checked(KeyContext(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr)));
  if (EVP_PKEY_public_check(checking.get()) != 1) throw Unusable("fails the check of OpenSSL");
  return key;
}

PublicKey rsa_key(const Json& jwk) {
  const auto modulus = number_of(bytes_of(jwk, "n"));
  const auto exponent = number_of(bytes_of(jwk, "e"));
  // Before the check of the key, whose time grows with its size.
  const int bits = BN_num_bits(modulus.get());
  if (bits < kMinRsaBits || bits > kMaxRsaBits)
    throw Unusable("is an RSA key of " + std::to_string(bits) + " bits");
  const auto builder = checked(ParamBuilder(OSSL_PARAM_BLD_new()));
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  return make_key("RSA", builder.get());
}

PublicKey ec_key(const Json& jwk) {
  const auto* curve = jwk.find("crv");
  if (curve == nullptr || curve->text() == nullptr || *curve->text() != "P-256")
    throw Unusable("is not of P-256");
  std::string point = "\x04";  // uncompressed
  for (const auto* name : {"x", "y"}) {
    const auto coordinate = bytes_of(jwk, name);
    if (coordinate.size() > kP256CoordinateBytes) throw Unusable(std::string("has no good ") + name);
    point.append(kP256CoordinateBytes - coordinate.size(), '\0').append(coordinate);
  }
  const auto builder = checked(ParamBuilder(OSSL_PARAM_BLD_new()));
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  return make_key("EC", builder.get());
}

std::string pem_of(EVP_PKEY* key) {
  const auto memory = checked(MemoryBio(BIO_new(BIO_s_mem())));
  if (PEM_write_bio_PUBKEY(memory.get(), key) != 1) throw Unusable("can't be written");
  char* data = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

/// Absent, or this text.
void require_if_there(const Json& jwk, const char* name, std::string_view wanted) {
  const auto* value = jwk.find(name);
  if (value == nullptr) return;
  if (value->text() == nullptr || *value->text() != wanted)
    throw Unusable(std::string("its ") + name + " is not " + std::string(wanted));
}

VerificationKey key_of(const Json& jwk) {
  const auto* type = jwk.find("kty");
  const bool is_rsa = type != nullptr && type->text() != nullptr && *type->text() == "RSA";
  const bool is_ec = type != nullptr && type->text() != nullptr && *type->text() == "EC";
  if (!is_rsa && !is_ec) throw Unusable("is neither of RSA nor of EC");
  VerificationKey key{.kid = {}, .algorithm = is_rsa ? Algorithm::rs256 : Algorithm::es256, .pem = {}};
  if (const auto* kid = jwk.find("kid")) {
    if (kid->text() == nullptr) throw Unusable("its kid is no text");
    key.kid = *kid->text();
  }
  require_if_there(jwk, "use", "sig");
  require_if_there(jwk, "alg", name_of(key.algorithm));
  key.pem = pem_of((is_rsa ? rsa_key(jwk) : ec_key(jwk)).get());
  return key;
}

}  // namespace

const VerificationKey* JwkSet::find(const std::optional<std::string>& kid) const {
  const auto has_kid = [&](const VerificationKey& key) { return key.kid == kid; };
  const auto found = std::find_if(keys_.begin(), keys_.end(), has_kid);
  if (found == keys_.end()) return nullptr;
  const bool is_ambiguous = std::find_if(found + 1, keys_.end(), has_kid) != keys_.end();
  return is_ambiguous ? nullptr : &*found;
}

std::optional<ParsedJwkSet> parse_jwk_set(std::string_view text) {
  const auto document = parse_strict_json(text);
  const auto* jwks = document ? document->find("keys") : nullptr;
  if (jwks == nullptr || jwks->array() == nullptr) return std::nullopt;
  std::vector<VerificationKey> keys;
  std::vector<std::string> skipped;
  for (std::size_t i = 0; i < jwks->array()->size(); ++i) {
    const auto skip = [&](std::string_view why) {
      skipped.push_back("key " + std::to_string(i) + " " + std::string(why));
    };
    if (i == kMaxKeys) {
      skip("and those behind it are too many");
      break;
    }
    try {
      keys.push_back(key_of((*jwks->array())[i]));
    } catch (const Unusable& why) {
      ERR_clear_error();
      skip(why.what());
    }
  }
  return ParsedJwkSet{JwkSet(std::move(keys)), std::move(skipped)};
}

}  // namespace api
