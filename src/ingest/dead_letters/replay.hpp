#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "common/stop_signals.hpp"
#include "ingest/config.hpp"
#include "ingest/dead_letters/dead_letter_store.hpp"
#include "ingest/exit_code.hpp"

namespace ingest {

struct ReplayOptions {
  DeadLetterFilter filter;
  bool dry_run = false;
  std::optional<double> per_second;
  std::int64_t max_letters = INT64_MAX;
  std::optional<std::string> edited_payload;  ///< in place of that of the one letter of the filter
};

struct DiscardOptions {
  DeadLetterFilter filter;
  bool dry_run = false;
  std::int64_t max_letters = INT64_MAX;
};

/// Decodes each letter anew and applies it, one transaction each: whoever dies in between leaves it as it
/// was. Letters that came after the start are not touched. A line of JSON for each letter goes to `out` once
/// it is committed; the summary to the log. Returns an ExitCode. Throws what the database does.
int replay(const OperatorConfig& config, const ReplayOptions& options, DeadLetterStore& letters,
           common::StopSignals& signals, std::ostream& out);

/// Gives letters up, as replay() does in all else.
int discard(const DiscardOptions& options, DeadLetterStore& letters, common::StopSignals& signals,
            std::ostream& out);

}  // namespace ingest
