#pragma once

#include <cstdint>
#include <optional>
#include <pqxx/connection>
#include <string>
#include <vector>

namespace api {

/// A block that was added to the chain of seals.
struct Seal {
  std::int64_t rows = 0;
  std::int64_t seal_number = 0;
  std::string hash;  ///< in hexadecimal digits
};

/// What to do while another session seals.
enum class Turn { wait, leave };

/// Adds one block of at most `max_rows` rows; nothing when no rows are left, or the turn is left to another.
[[nodiscard]] std::optional<Seal> seal_audit_log(pqxx::connection& connection, int max_rows, Turn turn);

/// What can be said of the audit log at any time.
struct AuditLogState {
  double unsealed_age_seconds = 0;  ///< of the oldest row without a seal; 0 when all have one
  std::int64_t default_rows = 0;    ///< rows in the DEFAULT partition
};

[[nodiscard]] AuditLogState audit_log_state(pqxx::connection& connection);

/// What does not fit the seals, each as JSON. `checkpoints`: an array of lines of audit_checkpoint() from
/// before.
[[nodiscard]] std::vector<std::string> verify_audit_log(pqxx::connection& connection,
                                                        const std::optional<std::string>& checkpoints,
                                                        int max_findings);

/// The last block of the chain, one line of JSON.
[[nodiscard]] std::string audit_checkpoint(pqxx::connection& connection);

/// A partition that is old enough to go.
struct PastPartition {
  bool is_detached = false;
  std::string report;  ///< JSON
};

[[nodiscard]] std::vector<PastPartition> detach_audit_partitions(pqxx::connection& connection,
                                                                 int months_to_keep);

}  // namespace api
