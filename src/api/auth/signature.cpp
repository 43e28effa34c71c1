#include "api/auth/signature.hpp"

#include <openssl/err.h>

#include <exception>
#include <jwt/jwt.hpp>

#include "common/log.hpp"

namespace api {
namespace {

/// The library's one function that is free of parsing: key, text and signature in, a verdict out.
template <class Hash>
bool verify(const VerificationKey& key, std::string_view signed_part, std::string_view signature) {
  const auto [good, error] =
      jwt::PEMSign<Hash>::verify({key.pem.data(), key.pem.size()}, {signed_part.data(), signed_part.size()},
                                 {signature.data(), signature.size()});
  return good && !error;
}

}  // namespace

bool is_signed(const VerificationKey& key, std::string_view signed_part, std::string_view signature) {
  try {
    const bool good = key.algorithm == Algorithm::rs256
                          ? verify<jwt::algo::RS256>(key, signed_part, signature)
                          : verify<jwt::algo::ES256>(key, signed_part, signature);
    ERR_clear_error();  // what this thread asks of OpenSSL next must not find our refusals
    return good;
  } catch (const std::exception& error) {
    common::log::error("a signature could not be checked", {{"detail", error.what()}});
    return false;
  }
}

}  // namespace api
