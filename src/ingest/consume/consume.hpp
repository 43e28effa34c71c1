#pragma once

#include <cstdint>
#include <optional>

#include "ingest/config.hpp"

namespace ingest {

struct ConsumeOptions {
  std::optional<std::int64_t> max_messages;
  std::optional<std::chrono::seconds> max_idle;
};

/// Runs the workers until SIGTERM, SIGINT or a limit of `options`; returns the exit code. Blocks these
/// signals in the calling thread, which must be the first one. Throws kafka::Error when Kafka refuses the
/// settings.
int consume(const Config& config, const ConsumeOptions& options);

}  // namespace ingest
