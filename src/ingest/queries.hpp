#pragma once

/// All SQL text of bo-sync-consumer: calls of functions, nothing else.
namespace ingest::queries {

inline constexpr const char* kWireTypes = "select * from bo.wire_types()";
inline constexpr const char* kReadProgress = "select * from bo.read_progress($1)";
inline constexpr const char* kApplyBatch = "select * from bo.apply_batch($1, $2, $3, $4, $5)";

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
inline constexpr const char* kPruneDeadLetters = "select bo.prune_dead_letters($1, $2)";

}  // namespace ingest::queries
