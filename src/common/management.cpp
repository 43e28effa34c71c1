#include "common/management.hpp"

#include <exception>
#include <utility>

namespace common {
namespace {

/// Who asks has its question ready. The silent hold few connections, and these not for long: probes need
/// them.
constexpr std::chrono::milliseconds kPatience{2000};
constexpr const char* kPlainText = "text/plain; charset=utf-8";

http::Response plain(int status, std::string_view text) {
  return {.status = status, .content_type = kPlainText, .body = std::string(text) + "\n", .headers = {}};
}

http::Response readiness_answer(const std::function<Readiness()>& readiness) {
  try {
    const auto state = readiness();
    return plain(state.ready ? 200 : 503, state.reason);
  } catch (const std::exception&) {
    // Its text could hold connection parameters; the log of the caller has it.
    return plain(503, "not ready: the check failed");
  }
}

}  // namespace

http::Response management_answer(const http::Request& request, const Metrics& metrics,
                                 const std::function<Readiness()>& readiness) {
  const bool known = request.path == "/metrics" || request.path == "/livez" || request.path == "/readyz";
  if (!known) return plain(404, "known paths: /metrics /livez /readyz");
  if (request.method != "GET" && request.method != "HEAD") {
    auto response = plain(405, "GET or HEAD");
    response.headers.push_back({"Allow", "GET, HEAD"});
    return response;
  }
  if (request.path == "/readyz") return readiness_answer(readiness);
  if (request.path == "/livez") return plain(200, "alive");
  return {.status = 200, .content_type = Metrics::kContentType, .body = metrics.render(), .headers = {}};
}

ManagementOptions read_management(ConfigReader& reader, std::string_view port_name,
                                  std::uint16_t default_port) {
  ManagementOptions options;
  options.host = reader.text("METRICS_HOST", "127.0.0.1");
  options.port = reader.port(port_name, default_port);
  options.max_connections = static_cast<std::size_t>(reader.integer("METRICS_MAX_CONNECTIONS", 20, 1, 1000));
  return options;
}

ManagementServer::ManagementServer(const ManagementOptions& options, Metrics& metrics,
                                   std::function<Readiness()> readiness)
    : server_(
          {.host = options.host,
           .port = options.port,
           .threads = 2,
           .max_connections = options.max_connections,
           .limits = {},
           .header_timeout = kPatience,
           .body_timeout = kPatience,
           .keepalive_timeout = kPatience},
          [&metrics, readiness = std::move(readiness)](const http::Request& request,
                                                       const http::Respond& respond) {
            respond(management_answer(request, metrics, readiness));
          },
          [](int status, std::string_view detail, std::string_view) { return plain(status, detail); }) {}

}  // namespace common
