#pragma once

/// All SQL of the API: calls of functions. What they do is in sql/functions/bo_api.
namespace api::queries {

struct Statement {
  const char* name;  ///< of the prepared statement and the metric label
  const char* sql;
};

/// By api::Lookup. $1: bo_api.lookup_request[]; a bo_api.lookup_answer for each.
inline constexpr Statement kLookups[] = {
    {"lookup_tx", "select status_code, body, next_cursor from unnest(bo_api.lookup_tx($1))"},
    {"lookup_payment_order",
     "select status_code, body, next_cursor from unnest(bo_api.lookup_payment_order($1))"},
    {"lookup_wallet_tx", "select status_code, body, next_cursor from unnest(bo_api.lookup_wallet_tx($1))"},
    {"batch_get_tx", "select status_code, body, next_cursor from unnest(bo_api.batch_get_tx($1))"},
    {"search", "select status_code, body, next_cursor from unnest(bo_api.search($1))"},
    {"list_pairs", "select status_code, body, next_cursor from unnest(bo_api.list_pairs($1))"},
    {"list_audit_logs", "select status_code, body, next_cursor from unnest(bo_api.list_audit_logs($1))"},
};
/// $1: bo_api.lookup_request[]; action; resource type.
inline constexpr Statement kRecordDenial{"record_denial", "select bo_api.record_denial($1, $2, $3)"};
inline constexpr const char* kWireTypes = "select lookup_request from bo_api.wire_types()";
inline constexpr Statement kCreateAuditPartitions{"create_audit_partitions",
                                                  "select bo.create_audit_partitions($1)"};
/// $1: rows at most; whether to wait for another session that seals.
inline constexpr const char* kSealAuditLog =
    "select sealed_rows, seal_number, hash from bo.seal_audit_log($1, $2)";
inline constexpr const char* kAuditLogState =
    "select unsealed_age_seconds, default_rows from bo.audit_log_state()";
/// What a command only prints travels as JSON.
inline constexpr const char* kVerifyAuditLog =
    "select row_to_json(finding) from bo.verify_audit_log($1, $2) as finding";
inline constexpr const char* kAuditCheckpoint = "select bo.audit_checkpoint()";
inline constexpr const char* kDetachAuditPartitions =
    "select line.is_detached, row_to_json(line) from bo.detach_audit_partitions($1) as line";
inline constexpr Statement kMonitor{"monitor", "select bo_api.ping(), bo_api.replication_lag_seconds()"};

}  // namespace api::queries
