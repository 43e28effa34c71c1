#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "api/auth/jwk_set.hpp"
#include "api/auth/token.hpp"

namespace api {

/// What tokens gave whose signature was good, so that it is checked once and not at each request of a client.
/// Knows a token by its SHA-256. Holds for one key set: with another, and when it is full, it begins anew.
/// Whether a grant is still valid is for the caller to ask. Any thread.
class GrantCache {
 public:
  explicit GrantCache(std::size_t max_grants) : max_grants_(max_grants) {}

  [[nodiscard]] std::optional<Grant> find(std::string_view token, const std::shared_ptr<const JwkSet>& keys);
  void add(std::string_view token, const std::shared_ptr<const JwkSet>& keys, const Grant& grant);

 private:
  const std::size_t max_grants_;
  std::mutex mutex_;
  std::shared_ptr<const JwkSet> keys_;  ///< that all of the grants were checked with
  std::map<std::array<unsigned char, 32>, Grant> grants_;
};

}  // namespace api
