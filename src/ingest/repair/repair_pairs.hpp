#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "ingest/repair/pair_store.hpp"

namespace ingest {

struct RepairOptions {
  std::vector<std::string> order_ids;  ///< empty: all, or those touched since
  std::optional<std::string> since;
  std::string from;  ///< only orders after this one
  int chunk_orders = 2000;
  bool dry_run = false;
};

/// Repairs chunk by chunk, in ascending order of the ids, each chunk committed. Writes each changed pair to
/// `out`, as a line of JSON, and the counts to standard error. SIGINT and SIGTERM end it after a chunk; then,
/// and when it fails, standard error says how to go on. Returns the exit code; throws what the store throws.
int repair_pairs(PairStore& store, const RepairOptions& options, std::ostream& out);

[[nodiscard]] std::string json_line(const RepairedPair& pair, bool dry_run);

/// The text as one word of a shell.
[[nodiscard]] std::string shell_word(const std::string& text);

}  // namespace ingest
