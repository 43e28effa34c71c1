#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace api {

/// Runs what the command line asked for; returns the exit code. Throws what the database or the settings are
/// at fault for.
using Command = std::function<int()>;

/// Adds `audit` with its subcommands to `app`; parsing the command line sets `chosen`, which outlives `app`.
void add_audit(CLI::App& app, Command& chosen);

}  // namespace api
