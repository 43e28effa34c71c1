#pragma once

#include <string>
#include <vector>

#include "common/stop_signals.hpp"
#include "ingest/dead_letters/dead_letter_store.hpp"
#include "ingest/kafka.hpp"

namespace ingest {

struct ImportOptions {
  std::vector<std::string> files;  ///< of DLQ_BACKEND=file; gzip and zstd are read too
  std::string topic;               ///< of DLQ_BACKEND=topic; empty: none
  kafka::Brokers brokers;          ///< for the topic
};

/// Takes letters that were kept elsewhere into the table, each once, however often it is called. Prints a
/// line of JSON for each file and topic. Returns 0, 1 when something there was no letter, 130 when stopped.
/// Throws what the database, the files and the broker do.
int import_letters(const ImportOptions& options, DeadLetterStore& letters, common::StopSignals& signals,
                   std::ostream& out);

}  // namespace ingest
