#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ingest/config.hpp"
#include "ingest/event/event.hpp"

namespace ingest {

struct BackfillOptions {
  struct Source {
    EventKind kind;
    std::string path;  ///< `-`: standard input
  };
  std::vector<Source> sources;
  std::optional<Microseconds> since;  ///< event time, inclusive
  std::optional<Microseconds> until;  ///< event time, exclusive
  int workers = 1;
  bool restarts = false;  ///< forgets the checkpoints
};

/// Applies files of events through the live batch function, one file after the other, and prints a summary on
/// standard output. Goes on where an earlier run stopped; ends after the running batches on SIGTERM and
/// SIGINT. Returns the exit code. Must be called on the first thread. Throws std::runtime_error when a file
/// can't be read to its end; what stands before the fault is applied.
int backfill(const BackfillConfig& config, const BackfillOptions& options);

}  // namespace ingest
