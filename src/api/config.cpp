#include "api/config.hpp"

#include <fstream>

#include "common/log.hpp"

namespace api {
namespace {

using common::ConfigReader;
using namespace std::chrono_literals;

/// Of AUTH_DISABLED_OVERRIDE.
constexpr std::string_view kDisabledOverride = "anyone-may-read-everything";

bool is_loopback(const std::string& host) {
  AddressRanges loopback;
  return host == "localhost" ||
         (loopback.add("127.0.0.0/8") && loopback.add("::1") && loopback.contains(host));
}

void read_database(ConfigReader& reader, Config& config) {
  const auto url = reader.database_url("DATABASE_URL");
  auto session = common::read_session(reader, config.service_name, 5000ms);
  common::read_answer_timeout(reader, session);
  session.generic_plans = true;
  const auto pairing_grace = reader.seconds("PAIRING_GRACE_SEC", 30s, 0s, 86400s);
  session.settings = {{"bo.pairing_grace_sec", std::to_string(pairing_grace.count())}};
  config.lookups.answer_timeout = session.answer_timeout;
  config.lookups.pool.connection_string = common::connection_string(url, session);
  config.lookups.pool.size = static_cast<std::size_t>(reader.integer("DB_POOL_SIZE", 5, 1, 1000));
  const auto overflow = static_cast<std::size_t>(reader.integer("DB_MAX_OVERFLOW", 10, 0, 1000));
  config.lookups.checkout_timeout = reader.seconds("DB_POOL_TIMEOUT", 30s, 1s, 3600s);
  config.lookups.pool.recycle = reader.seconds("DB_POOL_RECYCLE", 1800s, 1s, 86400s);
  config.lookups.slow_query = reader.milliseconds("DB_SLOW_QUERY_MS", 200ms, 0ms, 600000ms);
  auto& coalescing = config.lookups.coalescing;
  coalescing.calls = static_cast<std::size_t>(reader.integer("LOOKUP_CALLS", 2, 1, 1000));
  coalescing.max_wait = reader.milliseconds("LOOKUP_WAIT_MS", 10ms, 0ms, 1000ms);
  coalescing.max_requests = static_cast<std::size_t>(reader.integer("LOOKUP_MAX_PER_CALL", 64, 1, 10000));
  coalescing.max_waiting = static_cast<std::size_t>(reader.integer("LOOKUP_MAX_WAITING", 1000, 1, 1000000));
  coalescing.threads = config.lookups.pool.size + overflow;  // a connection each
  config.monitor.database_url = url;
  config.monitor.session = session;
  config.monitor.interval = reader.milliseconds("DB_MONITOR_INTERVAL_MS", 1000ms, 50ms, 60000ms);
  config.monitor.partition_interval = reader.seconds("AUDIT_PARTITION_INTERVAL_SEC", 3600s, 1s, 86400s);
  config.monitor.partition_months_ahead =
      static_cast<int>(reader.integer("AUDIT_PARTITION_MONTHS_AHEAD", 3, 1, 24));
  config.monitor.seal_interval = reader.seconds("AUDIT_SEAL_INTERVAL_SEC", 60s, 0s, 86400s);
  config.monitor.seal_max_rows = static_cast<int>(reader.integer("AUDIT_SEAL_MAX_ROWS", 10000, 1, 100000));
}

void read_server(ConfigReader& reader, Config& config) {
  auto& server = config.server;
  server.host = reader.text("API_HOST", "127.0.0.1");
  server.port = reader.port("API_PORT", 8000);
  server.threads = static_cast<int>(reader.integer("API_THREADS", 8, 1, 255));
  server.max_connections = static_cast<std::size_t>(reader.integer("API_MAX_CONNECTIONS", 1000, 1, 1000000));
  server.limits.max_head_bytes =
      static_cast<std::size_t>(reader.integer("API_MAX_HEAD_BYTES", 16384, 1024, 1048576));
  server.limits.max_body_bytes =
      static_cast<std::size_t>(reader.integer("API_MAX_BODY_BYTES", 98304, 1024, 1048576));
  server.limits.max_target_bytes =
      static_cast<std::size_t>(reader.integer("API_MAX_TARGET_BYTES", 4096, 64, 65536));
  server.header_timeout = reader.milliseconds("API_HEADER_TIMEOUT_MS", 10000ms, 100ms, 600000ms);
  server.body_timeout = reader.milliseconds("API_BODY_TIMEOUT_MS", 10000ms, 100ms, 600000ms);
  server.keepalive_timeout = reader.milliseconds("API_KEEPALIVE_TIMEOUT_MS", 75000ms, 100ms, 3600000ms);
  server.write_timeout = reader.milliseconds("API_WRITE_TIMEOUT_MS", 5000ms, 100ms, 600000ms);
  config.shutdown_timeout = reader.milliseconds("API_SHUTDOWN_TIMEOUT_MS", 10000ms, 0ms, 600000ms);
  config.management = common::read_management(reader, "API_METRICS_PORT", 9109);
}

std::vector<Algorithm> read_algorithms(ConfigReader& reader) {
  std::vector<Algorithm> algorithms;
  for (const auto& name : reader.list("AUTH_ALGORITHM", "RS256")) {
    if (const auto algorithm = algorithm_named(name)) {
      algorithms.push_back(*algorithm);
    } else {
      reader.fault("AUTH_ALGORITHM: " + name + " is not served, only RS256 and ES256");
    }
  }
  return algorithms;
}

/// Read in any mode, so that --help and the log show them; required only where they matter.
OidcOptions read_oidc(ConfigReader& reader) {
  OidcOptions oidc;
  auto& rules = oidc.rules;
  rules.issuer = reader.text("AUTH_ISSUER", "");
  rules.audiences = reader.list("AUTH_AUDIENCE", "");
  rules.algorithms = read_algorithms(reader);
  rules.leeway = reader.seconds("AUTH_LEEWAY_SEC", 60s, 0s, 600s);
  rules.role_claims = reader.list("AUTH_ROLES_CLAIM", "roles,scp");
  rules.actor_id_claims = reader.list("AUTH_ACTOR_ID_CLAIMS", "oid,sub");
  oidc.keys.issuer = rules.issuer;
  oidc.keys.jwks_url = reader.text("AUTH_JWKS_URL", "");
  oidc.keys.refresh_interval = reader.seconds("AUTH_JWKS_REFRESH_SEC", 600s, 1s, 86400s);
  oidc.keys.cooldown = reader.seconds("AUTH_JWKS_COOLDOWN_SEC", 30s, 1s, 3600s);
  oidc.keys.max_age = reader.seconds("AUTH_JWKS_MAX_AGE_SEC", 86400s, 1s, 2592000s);
  oidc.keys.max_wait = reader.milliseconds("AUTH_JWKS_WAIT_MS", 500ms, 0ms, 5000ms);
  oidc.https.ca_file = reader.text("AUTH_CA_FILE", "");
  oidc.https.connect_timeout = reader.milliseconds("AUTH_JWKS_CONNECT_TIMEOUT_MS", 2000ms, 10ms, 60000ms);
  oidc.https.timeout = reader.milliseconds("AUTH_JWKS_TIMEOUT_MS", 5000ms, 10ms, 60000ms);
  oidc.https.max_response_bytes =
      static_cast<std::size_t>(reader.integer("AUTH_JWKS_MAX_BYTES", 524288, 1024, 16777216));
  oidc.max_grants = static_cast<std::size_t>(reader.integer("AUTH_TOKEN_CACHE_SIZE", 1000, 0, 1000000));
  return oidc;
}

void check_oidc(ConfigReader& reader, const OidcOptions& oidc) {
  const auto require = [&](bool good, const char* fault) {
    if (!good) reader.fault(fault);
  };
  const auto& url = oidc.keys.jwks_url;
  require(!oidc.rules.issuer.empty(), "AUTH_ISSUER: is required with AUTH_MODE=oidc");
  require(!oidc.rules.audiences.empty(), "AUTH_AUDIENCE: is required with AUTH_MODE=oidc");
  require(!url.empty() || oidc.rules.issuer.empty() || oidc.rules.issuer.starts_with("https://"),
          "AUTH_ISSUER: must start with https:// while AUTH_JWKS_URL is empty");
  require(url.empty() || url.starts_with("https://"), "AUTH_JWKS_URL: must start with https://");
  require(!oidc.rules.role_claims.empty(), "AUTH_ROLES_CLAIM: must name a claim");
  require(!oidc.rules.actor_id_claims.empty(), "AUTH_ACTOR_ID_CLAIMS: must name a claim");
  require(!oidc.rules.algorithms.empty(), "AUTH_ALGORITHM: must name RS256 or ES256");
  // Keys that are fetched anew when they are too old already are missed until then.
  require(oidc.keys.max_age >= 2 * oidc.keys.refresh_interval,
          "AUTH_JWKS_MAX_AGE_SEC: must be twice AUTH_JWKS_REFRESH_SEC at least");
  require(oidc.https.ca_file.empty() || std::ifstream(oidc.https.ca_file).good(),
          "AUTH_CA_FILE: can't be read");
}

/// Without tokens a client is believed what it says of itself.
void check_disabled(ConfigReader& reader, Config& config, bool is_local) {
  const auto accepted = reader.choice("AUTH_DISABLED_OVERRIDE", "no", {"no", kDisabledOverride});
  config.disabled_override = accepted == kDisabledOverride;
  if (!config.disabled_override && !is_local)
    reader.fault("AUTH_MODE: disabled believes whatever a client says of itself, so it needs APP_ENV=local");
  if (!config.disabled_override && !is_loopback(config.server.host))
    reader.fault("API_HOST: must be a loopback address while AUTH_MODE is disabled");
  for (const auto* name : {"AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_JWKS_URL"}) {
    if (reader.is_set(name)) reader.fault(std::string(name) + ": checks nothing unless AUTH_MODE is oidc");
  }
}

void read_access(ConfigReader& reader, Config& config) {
  const auto app_env = reader.choice("APP_ENV", "local", {"local", "dev", "prod"});
  const auto auth_mode = reader.choice("AUTH_MODE", "disabled", {"disabled", "oidc"});
  const auto oidc = read_oidc(reader);
  if (auth_mode == "oidc") {
    check_oidc(reader, oidc);
    config.oidc = oidc;
  } else {
    check_disabled(reader, config, app_env == "local");
  }
  for (const auto& proxy : reader.list("TRUSTED_PROXIES", "")) {
    if (!config.service.trusted_proxies.add(proxy)) {
      reader.fault("TRUSTED_PROXIES: " + proxy + " is neither an address nor a range like 10.0.0.0/8");
    }
  }
  config.service.masked_query_keys = reader.list("AUDIT_MASK_QUERY_KEYS", "access_token,token");
  config.service.requires_reason =
      reader.choice("AUDIT_REQUIRE_REASON", "false", {"false", "true"}) == "true";
  config.service.denials.limit = static_cast<int>(reader.integer("AUDIT_DENIALS_PER_MIN", 10, 0, 10000));
  config.service.rate_limit.limit = static_cast<int>(reader.integer("RATE_LIMIT_PER_MIN", 0, 0, 1000000));
}

Config read_all(ConfigReader& reader) {
  Config config;
  config.service_name = reader.text("SERVICE_NAME", "bo-admin-api");
  config.log_level = reader.choice("LOG_LEVEL", "info", common::log::kLevels);
  read_database(reader, config);
  read_server(reader, config);
  read_access(reader, config);
  common::refuse_tracing(reader);
  config.resolved = reader.resolved();
  return config;
}

}  // namespace

Config read_config(const common::Environment& environment) {
  ConfigReader reader(environment);
  auto config = read_all(reader);
  reader.finish();
  return config;
}

AuditConfig read_audit_config(const common::Environment& environment) {
  ConfigReader reader(environment);
  AuditConfig config;
  const auto url = reader.database_url("DATABASE_URL");
  const auto session = common::read_session(reader, "bo-admin-api", 600000ms);
  config.connection_string = common::connection_string(url, session);
  config.retention_months = static_cast<int>(reader.integer("AUDIT_RETENTION_MONTHS", 13, 1, 1200));
  reader.finish();
  return config;
}

std::string settings_help() {
  ConfigReader reader(common::Environment{});
  std::string text = "Settings (environment variables, with their defaults):";
  for (const auto& [name, value] : read_all(reader).resolved) {
    text.append("\n  ").append(name).append("=").append(value);
  }
  return text;
}

}  // namespace api
