#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "common/config.hpp"
#include "common/http.hpp"
#include "common/metrics.hpp"

namespace common {

struct Readiness {
  bool ready = false;
  std::string reason;  ///< plain text for the operator
};

struct ManagementOptions {
  std::string host;
  std::uint16_t port = 0;
  std::size_t max_connections = 20;  ///< at a time; more get 503 and the end
};

/// /metrics, /livez and /readyz on a port and threads of their own, so that probes are answered while the
/// main port is full. `readiness` runs on these threads for each probe and must return within a second or so.
class ManagementServer {
 public:
  ManagementServer(const ManagementOptions& options, Metrics& metrics, std::function<Readiness()> readiness);

  void start() { server_.start(); }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  void stop() { server_.stop(std::chrono::milliseconds(500)); }

 private:
  http::Server server_;
};

/// METRICS_HOST, METRICS_MAX_CONNECTIONS, and the port by the name that it has for the service.
[[nodiscard]] ManagementOptions read_management(ConfigReader& reader, std::string_view port_name,
                                                std::uint16_t default_port);

/// The answer of a management path, apart from the socket: for tests.
[[nodiscard]] http::Response management_answer(const http::Request& request, const Metrics& metrics,
                                               const std::function<Readiness()>& readiness);

}  // namespace common
