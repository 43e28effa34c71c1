#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>

#include "api/audit/audit_command.hpp"
#include "api/auth/https.hpp"
#include "api/auth/key_source.hpp"
#include "api/auth/sent_actor.hpp"
#include "api/auth/token_authenticator.hpp"
#include "api/config.hpp"
#include "api/lookup.hpp"
#include "api/monitor.hpp"
#include "api/service.hpp"
#include "common/http.hpp"
#include "common/log.hpp"
#include "common/management.hpp"
#include "common/stop_signals.hpp"

namespace {

/// Without descriptors accepting spins: the process may have as many as it is allowed, and that is enough.
/// Throws std::runtime_error.
void make_room_for_connections(const api::Config& config) {
  constexpr std::size_t kOfThread = 6;  // its event loop, as counted
  constexpr std::size_t kOthers = 50;   // log, listeners, keys: some twenty
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0)
    throw std::system_error(errno, std::generic_category(), "getrlimit");
  files.rlim_cur = files.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &files) != 0)
    throw std::system_error(errno, std::generic_category(), "setrlimit");
  const auto of_threads = kOfThread * static_cast<std::size_t>(config.server.threads);
  const auto connections = config.server.max_connections + config.management.max_connections;
  const auto needed = connections + config.lookups.coalescing.threads + of_threads + kOthers;
  if (files.rlim_cur >= needed) return;
  throw std::runtime_error(
      "the limit of open files is " + std::to_string(files.rlim_cur) +
      ": API_MAX_CONNECTIONS, METRICS_MAX_CONNECTIONS, DB_POOL_SIZE, DB_MAX_OVERFLOW and API_THREADS may "
      "need " +
      std::to_string(needed));
}

/// The keys that tokens are checked with; none with AUTH_MODE=disabled.
std::unique_ptr<api::KeySource> make_key_source(const api::Config& config, common::Metrics& metrics) {
  if (!config.oidc) return nullptr;
  return std::make_unique<api::KeySource>(
      config.oidc->keys,
      [https = config.oidc->https](const std::string& url, const std::stop_token& stop) {
        return api::https_get(url, https, stop);
      },
      metrics);
}

std::unique_ptr<api::Authenticator> make_authenticator(const api::Config& config, api::KeySource* keys,
                                                       common::Metrics& metrics) {
  if (keys != nullptr) {
    return std::make_unique<api::TokenAuthenticator>(config.oidc->rules, config.oidc->max_grants, *keys,
                                                     metrics, api::seconds_since_1970);
  }
  if (config.disabled_override)
    common::log::error("AUTH_MODE=disabled: WHOEVER REACHES THIS PORT MAY READ EVERYTHING, UNDER ANY NAME");
  return std::make_unique<api::SentActor>();
}

/// Their threads end before the service does, which their answers go to.
struct LookupsEnd {
  api::DatabaseLookups& lookups;
  ~LookupsEnd() { lookups.stop(); }
};

int serve(const api::Config& config) {
  common::StopSignals signals;
  std::signal(SIGPIPE, SIG_IGN);
  common::log::setup(config.service_name, config.log_level);
  make_room_for_connections(config);
  for (const auto& [name, value] : config.resolved)
    common::log::info("setting", {{"name", name}, {"value", value}});

  common::Metrics metrics;
  api::DatabaseLookups lookups(config.lookups, metrics);
  api::DatabaseMonitor monitor(config.monitor, metrics);
  const auto keys = make_key_source(config, metrics);
  const auto authenticator = make_authenticator(config, keys.get(), metrics);
  api::Service service(config.service, *authenticator, lookups, metrics);
  const LookupsEnd end_before_service{lookups};
  std::atomic<bool> stopping{false};
  common::ManagementServer management(config.management, metrics, [&] {
    if (stopping) return common::Readiness{false, "stopping"};
    const auto authentication = keys ? keys->readiness() : common::Readiness{true, "ready"};
    return authentication.ready ? monitor.readiness() : authentication;
  });
  common::http::Server server(
      config.server, [&](const auto& request, auto respond) { service.handle(request, std::move(respond)); },
      [&](int status, auto detail, auto peer) { return service.refuse(status, detail, peer); });
  management.start();
  server.start();
  common::log::info("started", {{"version", TX_LOOKUP_VERSION},
                                {"host", config.server.host},
                                {"port", server.port()},
                                {"metrics_port", management.port()}});

  signals.wait();
  common::log::info("stopping");
  stopping = true;
  server.stop(config.shutdown_timeout);
  management.stop();
  common::log::info("stopped");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  api::Command chosen = [] { return serve(api::read_config(common::process_environment())); };
  CLI::App app("bo-admin-api: audited lookups of transactions over HTTP; without a command it serves them");
  app.set_version_flag("--version", TX_LOOKUP_VERSION);
  api::add_audit(app, chosen);  // before the footer, which commands would inherit
  app.footer(api::settings_help());
  CLI11_PARSE(app, argc, argv);
  try {
    return chosen();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bo-admin-api: %s\n", error.what());
    return 2;
  }
}
