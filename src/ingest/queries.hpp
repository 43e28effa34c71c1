#pragma once

/// All SQL text of bo-sync-consumer: calls of functions, nothing else.
namespace ingest::queries {

inline constexpr const char* kWireTypes = "select * from bo.wire_types()";
inline constexpr const char* kReadProgress = "select * from bo.read_progress($1)";
inline constexpr const char* kApplyBatch = "select * from bo.apply_batch($1, $2, $3, $4, $5)";

// About pairs. A row that is not there is the JSON null.
inline constexpr const char* kOrderIdsAfter = "select unnest(bo.order_ids_after($1, $2))";
inline constexpr const char* kOrderIdsTouchedSince = "select unnest(bo.order_ids_touched_since($1))";
inline constexpr const char* kPairCountEstimate = "select bo.pair_count_estimate()";
inline constexpr const char* kRepairPairs =
    "select to_json(payment_order_id), coalesce(to_json(stored), 'null'), coalesce(to_json(computed), "
    "'null') "
    "from bo.repair_pairs($1, $2)";
inline constexpr const char* kWatchPairs = "select checked, drifted from bo.watch_pairs($1)";

}  // namespace ingest::queries
