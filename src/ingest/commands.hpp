#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>

/// The commands of bo-sync-consumer. Each file *_command.cpp turns the arguments of one into a call.
namespace ingest {

/// For counts.
inline const CLI::Range kPositive(std::int64_t{1}, INT64_MAX);

/// Runs what the command line asked for; returns the exit code.
using Command = std::function<int()>;

/// Each adds its subcommand to `app`; parsing the command line sets `chosen`, which outlives `app`.
void add_consume(CLI::App& app, Command& chosen);
void add_repair_pairs(CLI::App& app, Command& chosen);
/// dlq, and replay-dlq for dlq replay.
void add_dlq(CLI::App& app, Command& chosen);
void add_backfill(CLI::App& app, Command& chosen);

}  // namespace ingest
