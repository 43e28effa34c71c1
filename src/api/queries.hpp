#pragma once

/// All SQL of the API: calls of functions. What they do is in sql/functions/bo_api.
namespace api::queries {

struct Statement {
  const char* name;  ///< of the prepared statement and the metric label
  const char* sql;
};

/// $1: bo_api.lookup_request[]; a row of bo_api.lookup_answer for each.
inline constexpr Statement kLookupTx{"lookup_tx", "select status_code, body from bo_api.lookup_tx($1)"};
inline constexpr Statement kLookupPaymentOrder{
    "lookup_payment_order", "select status_code, body from bo_api.lookup_payment_order($1)"};
inline constexpr Statement kLookupWalletTx{"lookup_wallet_tx",
                                           "select status_code, body from bo_api.lookup_wallet_tx($1)"};
inline constexpr const char* kWireTypes = "select lookup_request from bo_api.wire_types()";
inline constexpr Statement kCreateAuditPartitions{"create_audit_partitions",
                                                  "select bo.create_audit_partitions($1)"};
inline constexpr Statement kMonitor{"monitor", "select bo_api.ping(), bo_api.replication_lag_seconds()"};

}  // namespace api::queries
