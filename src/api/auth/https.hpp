#pragma once

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <stop_token>
#include <string>

namespace api {

struct HttpsOptions {
  std::string ca_file;  ///< certificates to trust; empty: those of the system
  std::chrono::milliseconds connect_timeout{2000};
  std::chrono::milliseconds timeout{5000};  ///< from the start to the last byte
  std::size_t max_response_bytes = 524288;
};

/// The document could not be had; what() says why.
class HttpsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The body of a 200. Follows no redirect. Throws HttpsError, also soon after a stop is asked for. Any
/// thread.
[[nodiscard]] std::string https_get(const std::string& url, const HttpsOptions& options,
                                    const std::stop_token& stop);

}  // namespace api
