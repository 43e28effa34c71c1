#include "api/audit/audit_log.hpp"

#include <pqxx/nontransaction>
#include <pqxx/result>

#include "api/queries.hpp"

namespace api {

std::optional<Seal> seal_audit_log(pqxx::connection& connection, int max_rows, Turn turn) {
  pqxx::nontransaction session(connection);
  const auto row = session.exec_params1(queries::kSealAuditLog, max_rows, turn == Turn::wait);
  const auto rows = row[0].as<std::int64_t>();
  if (rows == 0) return std::nullopt;
  return Seal{.rows = rows, .seal_number = row[1].as<std::int64_t>(), .hash = row[2].c_str()};
}

AuditLogState audit_log_state(pqxx::connection& connection) {
  pqxx::nontransaction session(connection);
  const auto row = session.exec1(queries::kAuditLogState);
  return {.unsealed_age_seconds = row[0].as<double>(), .default_rows = row[1].as<std::int64_t>()};
}

std::vector<std::string> verify_audit_log(pqxx::connection& connection,
                                          const std::optional<std::string>& checkpoints, int max_findings) {
  pqxx::nontransaction session(connection);
  std::vector<std::string> findings;
  for (const auto& row : session.exec_params(queries::kVerifyAuditLog, checkpoints, max_findings))
    findings.emplace_back(row[0].c_str());
  return findings;
}

std::string audit_checkpoint(pqxx::connection& connection) {
  pqxx::nontransaction session(connection);
  return session.exec1(queries::kAuditCheckpoint)[0].c_str();
}

std::vector<PastPartition> detach_audit_partitions(pqxx::connection& connection, int months_to_keep) {
  pqxx::nontransaction session(connection);
  std::vector<PastPartition> partitions;
  for (const auto& row : session.exec_params(queries::kDetachAuditPartitions, months_to_keep))
    partitions.push_back({.is_detached = row[0].as<bool>(), .report = row[1].c_str()});
  return partitions;
}

}  // namespace api
