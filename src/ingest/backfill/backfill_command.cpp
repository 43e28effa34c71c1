#include <memory>

#include "common/log.hpp"
#include "common/timestamp.hpp"
#include "ingest/backfill/backfill.hpp"
#include "ingest/commands.hpp"

namespace ingest {
namespace {

constexpr const char* kFooter =
    R"(A file has one JSON object a line; plain, gzip and zstd are told apart by content. The events go through
the same database function as live ones, so a backfill may run beside live traffic, twice, or over what
is there already: the latest version wins. A record without a Kafka timestamp (backfill) takes its event
time (an order: updated_at, else created_at).

A file that was not finished goes on where it was, also under another name; an edited file is another
file. Broken lines become dead letters in the table, whatever DLQ_BACKEND says, with the line as offset
and the header backfill-file. While the database is away it waits; SIGINT and SIGTERM end it after the
running batches. The summary on standard output counts lines by outcome, empty lines left out.

DATABASE_URL is that of role bo_consumer. Settings are environment variables: see configs/README.md.)";

int run(const BackfillOptions& options) {
  const auto config = load_backfill_config(common::process_environment());
  common::log::setup(config.service_name, config.log_level, common::log::Output::standard_error);
  for (const auto& [name, value] : config.resolved)
    common::log::debug("setting", {{"name", name}, {"value", value}});
  return backfill(config, options);
}

Microseconds parse_time(const std::string& option, const std::string& text) {
  const auto time = common::parse_timestamp(text);
  if (!time) throw CLI::ValidationError(option, "must be an RFC 3339 time, e.g. 2026-02-05T00:00:00Z");
  return time->unix_microseconds;
}

void check(const BackfillOptions& options) {
  if (options.sources.empty()) throw CLI::RequiredError("--ledger-file or --payment-order-file");
  if (options.sources.size() == 2 && options.sources[0].path == "-" && options.sources[1].path == "-")
    throw CLI::ValidationError("standard input can be only one of the files");
  if (options.since && options.until && *options.since >= *options.until)
    throw CLI::ValidationError("--since must be before --until");
}

void add_file(CLI::App& command, const std::shared_ptr<BackfillOptions>& options, const std::string& name,
              EventKind kind, const std::string& what) {
  command
      .add_option_function<std::string>(
          name,
          [options, kind](const std::string& path) {
            options->sources.push_back({kind, path});
          },
          "File of " + what + "; - for standard input, which has no checkpoint")
      ->type_name("FILE");
}

void add_time(CLI::App& command, const std::string& name, std::optional<Microseconds>& time,
              const std::string& what) {
  command
      .add_option_function<std::string>(
          name, [name, &time](const std::string& text) { time = parse_time(name, text); },
          what + "; without an offset: UTC")
      ->type_name("TIME");
}

}  // namespace

void add_backfill(CLI::App& app, Command& chosen) {
  auto* command = app.add_subcommand("backfill", "Apply events from files, beside live traffic");
  command->footer(kFooter);
  const auto options = std::make_shared<BackfillOptions>();
  add_file(*command, options, "--ledger-file", EventKind::ledger_entry, "ledger events");
  add_file(*command, options, "--payment-order-file", EventKind::payment_order, "order events");
  add_time(
      *command, "--since", options->since,
      "Only events whose time (ledger: event time; order: updated_at, else created_at) is this or later");
  add_time(*command, "--until", options->until, "Only events whose time is before this");
  command->add_option("--workers", options->workers, "Threads, each with a database connection")
      ->capture_default_str()
      ->check(CLI::Range(1, 64));
  command->add_flag("--restart", options->restarts, "Forget the checkpoint: the file from its first line");
  command->callback([&chosen, options] {
    check(*options);
    chosen = [options] { return run(*options); };
  });
}

}  // namespace ingest
