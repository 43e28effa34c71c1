#include "api/auth/grant_cache.hpp"

#include <openssl/sha.h>

namespace api {
namespace {

std::array<unsigned char, 32> digest_of(std::string_view token) {
  static_assert(SHA256_DIGEST_LENGTH == 32);
  std::array<unsigned char, 32> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(), digest.data());
  return digest;
}

}  // namespace

std::optional<Grant> GrantCache::find(std::string_view token, const std::shared_ptr<const JwkSet>& keys) {
  const auto digest = digest_of(token);
  const std::scoped_lock lock(mutex_);
  if (keys != keys_) return std::nullopt;
  const auto found = grants_.find(digest);
  return found == grants_.end() ? std::nullopt : std::optional(found->second);
}

void GrantCache::add(std::string_view token, const std::shared_ptr<const JwkSet>& keys, const Grant& grant) {
  if (max_grants_ == 0) return;
  const auto digest = digest_of(token);
  const std::scoped_lock lock(mutex_);
  if (keys != keys_ || grants_.size() >= max_grants_) grants_.clear();
  keys_ = keys;
  grants_.insert_or_assign(digest, grant);
}

}  // namespace api
