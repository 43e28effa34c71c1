#include "common/database.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <memory>
#include <pqxx/except>
#include <typeinfo>
#include <utility>
#include <vector>

#include "common/answer_timeout.hpp"
#include "common/config.hpp"

namespace common {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

Parameters split_query(std::string_view query) {
  Parameters parameters;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto item = query.substr(0, end);
    const auto equals = std::min(item.find('='), item.size());
    if (!item.empty()) {
      parameters.emplace_back(item.substr(0, equals), item.substr(std::min(equals + 1, item.size())));
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return parameters;
}

std::string* value_of(Parameters& parameters, std::string_view key) {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const auto& parameter) { return parameter.first == key; });
  return found == parameters.end() ? nullptr : &found->second;
}

std::string encode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '_' || c == '.';
    if (plain) {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return encoded;
}

/// Server settings as libpq's `options`.
std::string server_settings(const SessionOptions& options) {
  const auto set = [](std::string_view name, std::string_view value) {
    return "-c " + std::string(name) + "=" + std::string(value) + " ";
  };
  const auto ms = [](std::chrono::milliseconds value) { return std::to_string(value.count()); };
  auto settings = set("TimeZone", "UTC") + set("statement_timeout", ms(options.statement_timeout)) +
                  set("lock_timeout", ms(options.lock_timeout)) +
                  set("idle_in_transaction_session_timeout", ms(options.idle_in_transaction_timeout)) +
                  (options.generic_plans ? set("plan_cache_mode", "force_generic_plan") : "");
  for (const auto& [name, value] : options.settings) settings += set(name, value);
  return settings;
}

/// Where the query of a URI may begin: behind user and password, which may have a '?' inside as libpq reads
/// them.
std::size_t end_of_credentials(std::string_view url) {
  const auto scheme = url.find("://");
  const auto begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  const auto end = url.find_first_of("@/", begin);
  return end != std::string_view::npos && url[end] == '@' ? end : begin;
}

std::string sqlstate_of(const std::exception& error) {
  // In this order: a more special type stands before its base. These types carry no code in libpqxx 6.
  const auto is = [&]<class Type>(std::type_identity<Type>) {
    return dynamic_cast<const Type*>(&error) != nullptr;
  };
  if (is(std::type_identity<pqxx::in_doubt_error>{})) return "08007";
  if (is(std::type_identity<pqxx::too_many_connections>{})) return "53300";
  if (is(std::type_identity<pqxx::broken_connection>{})) return "08006";
  if (is(std::type_identity<NoAnswer>{})) return "08006";
  if (is(std::type_identity<pqxx::serialization_failure>{})) return "40001";
  if (is(std::type_identity<pqxx::statement_completion_unknown>{})) return "40003";
  if (is(std::type_identity<pqxx::deadlock_detected>{})) return "40P01";
  if (is(std::type_identity<pqxx::transaction_rollback>{})) return "40000";
  const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error);
  if (sql == nullptr) return "";
  if (sql->sqlstate().empty() && is(std::type_identity<pqxx::insufficient_privilege>{})) return "42501";
  return sql->sqlstate();
}

}  // namespace

SessionOptions read_session(ConfigReader& reader, std::string application_name,
                            std::chrono::milliseconds statement_timeout) {
  using namespace std::chrono_literals;
  SessionOptions session;
  session.application_name = std::move(application_name);
  session.connect_timeout = reader.seconds("DB_CONNECT_TIMEOUT_SEC", 3s, 1s, 60s);
  session.statement_timeout =
      reader.milliseconds("DB_STATEMENT_TIMEOUT_MS", statement_timeout, 10ms, 600'000ms);
  // Later than the server's own timeout, which leaves the connection as good as it was.
  session.answer_timeout = session.statement_timeout + 1s;
  session.lock_timeout = reader.milliseconds("DB_LOCK_TIMEOUT_MS", 2000ms, 10ms, 600'000ms);
  return session;
}

void read_answer_timeout(ConfigReader& reader, SessionOptions& session) {
  using namespace std::chrono_literals;
  session.answer_timeout =
      reader.milliseconds("DB_ANSWER_TIMEOUT_MS", session.answer_timeout, 20ms, 660'000ms);
  if (session.answer_timeout <= session.statement_timeout)
    reader.fault("DB_ANSWER_TIMEOUT_MS: must be above DB_STATEMENT_TIMEOUT_MS");
}

bool is_connection_uri(const std::string& url) {
  if (!url.starts_with("postgresql://") && !url.starts_with("postgres://")) return false;
  char* error = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.c_str(), &error), &PQconninfoFree);
  PQfreemem(error);
  if (!options) return false;
  // With a '/' in the password libpq takes part of it for the port, which it would quote when it connects.
  for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
    const std::string_view value = option->val == nullptr ? "" : option->val;
    const bool is_port = std::string_view(option->keyword) == "port";
    if (is_port && value.find_first_not_of("0123456789,") != std::string_view::npos) return false;
  }
  return true;
}

std::string connection_string(std::string_view url, const SessionOptions& options) {
  const auto question = std::min(url.find('?', end_of_credentials(url)), url.size());
  auto parameters = split_query(url.substr(std::min(question + 1, url.size())));
  const auto add = [&](std::string_view key, const std::string& value) {
    if (value_of(parameters, key) == nullptr) parameters.emplace_back(key, encode(value));
  };
  add("application_name", options.application_name);
  add("client_encoding", "UTF8");
  add("connect_timeout", std::to_string(options.connect_timeout.count()));
  add("keepalives_idle", "30");
  add("keepalives_interval", "10");
  add("keepalives_count", "3");
  // Milliseconds: twice the time a statement may take, since nothing is sent while the server works.
  add("tcp_user_timeout", std::to_string(2 * options.statement_timeout.count()));
  add("options", "");
  auto& settings = *value_of(parameters, "options");
  settings = encode(server_settings(options)) + settings;  // a later -c wins

  std::string text(url.substr(0, question));
  char separator = '?';
  for (const auto& [key, value] : parameters) {
    (text += separator).append(key).append("=").append(value);
    separator = '&';
  }
  return text;
}

FaultKind kind_of(std::string_view sqlstate) {
  static constexpr std::array<std::string_view, 4> kEventClasses{"22", "23", "54", kOwnErrorClass};
  if (sqlstate == "57014") return FaultKind::split;
  const auto matches = [&](std::string_view prefix) { return sqlstate.starts_with(prefix); };
  return std::any_of(kEventClasses.begin(), kEventClasses.end(), matches) ? FaultKind::event
                                                                          : FaultKind::environment;
}

Fault classify(const std::exception& error) {
  Fault fault;
  fault.sqlstate = sqlstate_of(error);
  fault.kind = kind_of(fault.sqlstate);
  fault.in_doubt = dynamic_cast<const pqxx::in_doubt_error*>(&error) != nullptr;
  // 57P01 to 57P03: the server says goodbye before it closes. No code: the answer never came.
  const bool no_answer = fault.sqlstate.empty() && dynamic_cast<const pqxx::failure*>(&error) != nullptr;
  fault.overdue = dynamic_cast<const NoAnswer*>(&error) != nullptr;
  fault.connection_lost = no_answer || fault.in_doubt || fault.overdue || fault.sqlstate.starts_with("57P") ||
                          dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr;
  fault.detail = error.what();
  return fault;
}

}  // namespace common
