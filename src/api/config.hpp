#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/auth/https.hpp"
#include "api/auth/key_source.hpp"
#include "api/auth/token.hpp"
#include "api/lookup.hpp"
#include "api/monitor.hpp"
#include "api/service.hpp"
#include "common/config.hpp"
#include "common/database.hpp"
#include "common/http.hpp"
#include "common/management.hpp"

namespace api {

/// AUTH_MODE=oidc.
struct OidcOptions {
  TokenRules rules;
  KeySource::Options keys;
  HttpsOptions https;
  std::size_t max_grants = 0;  ///< remembered by TokenAuthenticator
};

/// Settings of bo-admin-api, read once at start.
struct Config {
  std::string service_name;
  std::string log_level;
  LookupOptions lookups;
  DatabaseMonitor::Options monitor;
  common::http::ServerOptions server;
  std::chrono::milliseconds shutdown_timeout{};
  ServiceOptions service;
  /// None with AUTH_MODE=disabled: then clients are believed what they say of themselves.
  std::optional<OidcOptions> oidc;
  bool disabled_override = false;  ///< and that not on this machine only
  common::ManagementOptions management;
  /// For the start-up log, secrets masked.
  std::vector<std::pair<std::string, std::string>> resolved;
};

/// Settings of the commands of bo-admin-api that work for an operator.
struct AuditConfig {
  std::string connection_string;
  int retention_months = 0;
};

/// Throws common::ConfigError with every fault.
[[nodiscard]] Config read_config(const common::Environment& environment);

/// Throws common::ConfigError with every fault.
[[nodiscard]] AuditConfig read_audit_config(const common::Environment& environment);

/// Names and defaults of all settings, one a line, for --help.
[[nodiscard]] std::string settings_help();

}  // namespace api
