#pragma once

#include <chrono>
#include <exception>
#include <pqxx/binarystring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace common {

class ConfigReader;

/// What is added to DATABASE_URL, in the connection string so that every new connection has it.
struct SessionOptions {
  std::string application_name;
  std::chrono::seconds connect_timeout{3};
  std::chrono::milliseconds statement_timeout{5000};
  std::chrono::milliseconds lock_timeout{2000};
  /// After which the connection is given up; not told to the server, whose own timeout comes first.
  std::chrono::milliseconds answer_timeout{6000};
  std::chrono::milliseconds idle_in_transaction_timeout{10000};
  /// Plans are made once a session and not for each value: right where every statement finds rows by key.
  bool generic_plans = false;
  /// Further settings of the session, with values of letters and digits only.
  std::vector<std::pair<std::string, std::string>> settings;
};

/// DB_CONNECT_TIMEOUT_SEC, DB_STATEMENT_TIMEOUT_MS (unless set, `statement_timeout`) and DB_LOCK_TIMEOUT_MS.
/// An answer is waited for a second longer than a statement may take.
[[nodiscard]] SessionOptions read_session(ConfigReader& reader, std::string application_name,
                                          std::chrono::milliseconds statement_timeout);
/// DB_ANSWER_TIMEOUT_MS, for who must not wait for a person to give up.
void read_answer_timeout(ConfigReader& reader, SessionOptions& session);

/// Whether libpq can read `url`; not why it can't, since its words have parts of the password in them.
[[nodiscard]] bool is_connection_uri(const std::string& url);

/// `url` (a libpq URI) with the options above, keepalives, TimeZone UTC and client encoding UTF8. What the
/// URL sets itself wins.
[[nodiscard]] std::string connection_string(std::string_view url, const SessionOptions& options);

/// A parameter that travels as the bytes it is. Copies them.
[[nodiscard]] inline pqxx::binarystring binary(const std::string& bytes) {
  return {bytes.data(), bytes.size()};
}

/// What a failed database call says about the work that was tried.
enum class FaultKind {
  event,        ///< the data is refused: 22, 23, 54 and our own class TX
  split,        ///< too much at once (57014, cancelled by a timeout): try smaller pieces
  environment,  ///< anything else, the program's own mistakes included: wait, try again
};

struct Fault {
  std::string sqlstate;  ///< five characters, empty when there is none
  FaultKind kind = FaultKind::environment;
  bool connection_lost = false;  ///< destroy the connection
  bool overdue = false;          ///< lost because no answer came in time: trying again would take as long
  bool in_doubt = false;         ///< the connection was lost while committing: the work may be done
  std::string detail;            ///< for the log; may hold SQL text and data, so never for a client
};

/// Maps an exception of libpqxx (or any other) by type and SQLSTATE, never by text.
[[nodiscard]] Fault classify(const std::exception& error);

/// By SQLSTATE alone.
[[nodiscard]] FaultKind kind_of(std::string_view sqlstate);

/// SQLSTATE class of this project's own errors.
inline constexpr std::string_view kOwnErrorClass = "TX";

}  // namespace common
