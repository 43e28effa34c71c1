#pragma once

/// All SQL text of bo-sync-consumer: calls of functions, nothing else.
namespace ingest::queries {

inline constexpr const char* kWireTypes = "select * from bo.wire_types()";
inline constexpr const char* kReadProgress = "select * from bo.read_progress($1)";
inline constexpr const char* kApplyBatch = "select * from bo.apply_batch($1, $2, $3, $4, $5)";

}  // namespace ingest::queries
