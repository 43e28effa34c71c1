#pragma once

/// All SQL text of bo-sync-consumer: calls of functions, nothing else.
namespace ingest::queries {

inline constexpr const char* kWireTypes = "select * from bo.wire_types()";
inline constexpr const char* kReadProgress = "select * from bo.read_progress($1)";
inline constexpr const char* kApplyBatch = "select * from bo.apply_batch($1, $2, $3, $4, $5)";
inline constexpr const char* kBeginBackfill = "select * from bo.begin_backfill($1, $2, $3, $4, $5, $6, $7)";
inline constexpr const char* kApplyBackfillBatch =
    "select * from bo.apply_backfill_batch($1, $2, $3, $4, $5, $6)";

// About pairs. A row that is not there is the JSON null.
inline constexpr const char* kOrderIdsAfter = "select unnest(bo.order_ids_after($1, $2))";
inline constexpr const char* kOrderIdsTouchedSince = "select unnest(bo.order_ids_touched_since($1))";
inline constexpr const char* kPairCountEstimate = "select bo.pair_count_estimate()";
inline constexpr const char* kRepairPairs =
    "select to_json(payment_order_id), coalesce(to_json(stored), 'null'), coalesce(to_json(computed), "
    "'null') "
    "from bo.repair_pairs($1, $2)";
inline constexpr const char* kWatchPairs = "select checked, drifted from bo.watch_pairs($1)";
// bo.dead_letter_filter travels as JSON, and so do the rows that a command only prints.
inline constexpr const char* kListDeadLetters =
    "select row_to_json(line) from bo.list_dead_letters("
    "jsonb_populate_record(null::bo.dead_letter_filter, $1), $2, $3, $4) as line";
inline constexpr const char* kShowDeadLetters =
    "select row_to_json(line) from bo.show_dead_letters("
    "jsonb_populate_record(null::bo.dead_letter_filter, $1), $2, $3, $4, $5) as line";
inline constexpr const char* kCountDeadLetters =
    "select * from bo.count_dead_letters(jsonb_populate_record(null::bo.dead_letter_filter, $1))";
inline constexpr const char* kClaimDeadLetter =
    "select * from bo.claim_dead_letter(jsonb_populate_record(null::bo.dead_letter_filter, $1))";
inline constexpr const char* kReplayDeadLetter =
    "select line.dlq_id, line.outcome, row_to_json(line) as report "
    "from bo.replay_dead_letter($1, $2, $3, $4, $5, $6, $7, $8, $9) as line";
inline constexpr const char* kDiscardDeadLetters =
    "select line.dlq_id, line.outcome, row_to_json(line) as report from bo.discard_dead_letters("
    "jsonb_populate_record(null::bo.dead_letter_filter, $1), $2, $3, $4) as line";
inline constexpr const char* kImportDeadLetters = "select bo.import_dead_letters($1, $2, $3, $4)";
inline constexpr const char* kPruneDeadLetters = "select bo.prune_dead_letters($1, $2)";

}  // namespace ingest::queries
