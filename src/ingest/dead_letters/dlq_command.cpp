#include <pwd.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "common/database.hpp"
#include "common/log.hpp"
#include "ingest/commands.hpp"
#include "ingest/config.hpp"
#include "ingest/dead_letters/dead_letter_import.hpp"
#include "ingest/dead_letters/replay.hpp"

namespace ingest {
namespace {

const CLI::Range kPositiveReal(0.001, 1e6);

const std::vector<std::string> kErrors = {"parse_error", "contract_core_violation", "unsupported_topic",
                                          "internal_error"};

/// What the subcommands of dlq have in common.
struct Arguments {
  DeadLetterFilter filter;
  Operator who;
  bool raw = false;
  bool all = false;
  bool dry_run = false;
  std::optional<double> per_second;
  std::int64_t max_letters = INT64_MAX;
  std::string payload_file;
  std::optional<int> days;
  ImportOptions import;
};
using Run = std::function<int(const OperatorConfig&, const Arguments&, DeadLetterStore&)>;

/// The account that runs this, unless --actor says who it is.
std::string login_name() {
  const auto* account = getpwuid(getuid());
  return account != nullptr ? account->pw_name : "uid " + std::to_string(getuid());
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw std::runtime_error(path + ": can't be read");
  return bytes;
}

void print_line(const std::string& line) {
  std::cout << line << '\n';
}

/// Prints what `read` hands out, and says so when that is nothing.
int print_all(const std::function<void(const DeadLetterStore::OnLine&)>& read) {
  bool is_empty = true;
  read([&is_empty](const std::string& line) {
    print_line(line);
    is_empty = false;
  });
  if (is_empty) common::log::info("no dead letter matches");
  return kDone;
}

int run_list(const OperatorConfig&, const Arguments& arguments, DeadLetterStore& letters) {
  return print_all([&](const auto& on_line) { letters.list(arguments.filter, arguments.raw, on_line); });
}

int run_show(const OperatorConfig&, const Arguments& arguments, DeadLetterStore& letters) {
  return print_all([&](const auto& on_line) {
    letters.show(arguments.filter, arguments.max_letters, arguments.raw, on_line);
  });
}

int run_replay(const OperatorConfig& config, const Arguments& arguments, DeadLetterStore& letters) {
  ReplayOptions options{.filter = arguments.filter,
                        .dry_run = arguments.dry_run,
                        .per_second = arguments.per_second,
                        .max_letters = arguments.max_letters,
                        .edited_payload = {}};
  if (!arguments.payload_file.empty()) options.edited_payload = read_file(arguments.payload_file);
  common::StopSignals signals;
  return replay(config, options, letters, signals, std::cout);
}

/// All letters at once are never meant by leaving everything out.
void require_choice(const Arguments& arguments) {
  const auto& filter = arguments.filter;
  const bool chooses = filter.topic || filter.error || filter.since || filter.until || filter.key ||
                       filter.from_id || filter.to_id;
  if (!chooses && !arguments.all) throw std::invalid_argument("dlq discard: choose letters, or say --all");
}

int run_discard(const OperatorConfig&, const Arguments& arguments, DeadLetterStore& letters) {
  require_choice(arguments);
  common::StopSignals signals;
  return discard({arguments.filter, arguments.dry_run, arguments.max_letters}, letters, signals, std::cout);
}

int run_prune(const OperatorConfig& config, const Arguments& arguments, DeadLetterStore& letters) {
  std::int64_t total = 0;
  for (std::int64_t pruned = 1; pruned > 0; total += pruned)
    pruned = letters.prune(arguments.days.value_or(config.dlq_retention_days));
  common::log::info("dlq prune ended", {{"letters", total}});
  return kDone;
}

int run_import(const OperatorConfig&, const Arguments& arguments, DeadLetterStore& letters) {
  auto options = arguments.import;
  if (options.files.empty() && options.topic.empty())
    throw std::invalid_argument("dlq import: say where the letters are, by --file or --topic");
  if (!options.topic.empty()) options.brokers = load_brokers(common::process_environment());
  common::StopSignals signals;
  return import_letters(options, letters, signals, std::cout);
}

void add_filter(CLI::App& command, Arguments& arguments, const std::vector<std::string>& statuses,
                const std::string& default_statuses) {
  auto& filter = arguments.filter;
  command.add_option("--topic", filter.topic, "Letters of this topic");
  command.add_option("--error", filter.error, "Letters with this error")->check(CLI::IsMember(kErrors));
  command.add_option("--since", filter.since, "Letters stored at this time or later (UTC unless it says)");
  command.add_option("--until", filter.until, "Letters stored before this time");
  command.add_option("--key", filter.key, "Letters whose record has this key");
  auto* from = command.add_option("--from-id", filter.from_id, "Letters from this dlq_id on");
  auto* to = command.add_option("--to-id", filter.to_id, "Letters up to this dlq_id");
  command
      .add_option_function<std::int64_t>(
          "--id", [&filter](std::int64_t id) { filter.from_id = filter.to_id = id; }, "This letter")
      ->excludes(from)
      ->excludes(to);
  command
      .add_option("--status", filter.statuses,
                  "Letters in these states, comma separated; default " + default_statuses)
      ->delimiter(',')
      ->check(CLI::IsMember(statuses));
}

void add_raw(CLI::App& command, Arguments& arguments) {
  auto* reason = command.add_option("--reason", arguments.who.reason, "Why values are to be shown");
  command.add_flag("--raw", arguments.raw, "Show values as they are; kept on record")->needs(reason);
}

void add_dry_run(CLI::App& command, Arguments& arguments) {
  command.add_flag("--dry-run", arguments.dry_run, "Try all of it, tell what came of it, and roll back");
  command.add_option("--max", arguments.max_letters, "At most so many letters")->check(kPositive);
}

/// A subcommand of `parent`; its options are added by the caller.
CLI::App& add_command(CLI::App& parent, const char* name, const char* description, Command& chosen,
                      const std::shared_ptr<Arguments>& arguments, Run run) {
  auto* command = parent.add_subcommand(name, description);
  arguments->who.actor = login_name();
  command->add_option("--actor", arguments->who.actor, "Who does this; default: the account that runs it");
  command->callback([&chosen, arguments, run = std::move(run)] {
    chosen = [arguments, run] {
      const auto config = load_operator_config(common::process_environment());
      common::log::setup(config.service_name, config.log_level, common::log::Output::standard_error);
      DeadLetterStore letters(config.database_url, config.session, arguments->who);
      return run(config, *arguments, letters);
    };
  });
  return *command;
}

void add_list(CLI::App& dlq, Command& chosen) {
  const auto arguments = std::make_shared<Arguments>();
  arguments->filter.statuses = {"OPEN", "PARKED"};
  auto& command =
      add_command(dlq, "list", "Count letters by status, error and topic, with an example of each", chosen,
                  arguments, run_list);
  add_filter(command, *arguments, {"OPEN", "PARKED", "RESOLVED", "DISCARDED"}, "OPEN,PARKED");
  add_raw(command, *arguments);
}

void add_show(CLI::App& dlq, Command& chosen) {
  const auto arguments = std::make_shared<Arguments>();
  arguments->max_letters = 20;
  auto& command =
      add_command(dlq, "show", "Show letters one by one, their values masked", chosen, arguments, run_show);
  add_filter(command, *arguments, {"OPEN", "PARKED", "RESOLVED", "DISCARDED"}, "all");
  add_raw(command, *arguments);
  command.add_option("--max", arguments->max_letters, "At most so many letters")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{INT32_MAX}))
      ->capture_default_str();
}

void add_replay(CLI::App& parent, const char* name, Command& chosen) {
  const auto arguments = std::make_shared<Arguments>();
  arguments->filter.statuses = {"OPEN"};
  auto& command = add_command(parent, name, "Decode letters anew and apply them, as if they came now", chosen,
                              arguments, run_replay);
  add_filter(command, *arguments, {"OPEN", "PARKED", "DISCARDED"}, "OPEN");
  add_dry_run(command, *arguments);
  command.add_option("--rate", arguments->per_second, "At most so many letters a second")
      ->check(kPositiveReal);
  command
      .add_option("--with-payload", arguments->payload_file,
                  "File whose bytes stand in for the payload; the original is kept beside it")
      ->check(CLI::ExistingFile)
      ->needs("--id");
  command.add_option("--reason", arguments->who.reason, "Why, for the record");
  command.footer(
      "Exit code: 0 all applied, 1 some failed again, 130 stopped by Ctrl-C (after a whole letter).");
}

void add_discard(CLI::App& dlq, Command& chosen) {
  const auto arguments = std::make_shared<Arguments>();
  arguments->filter.statuses = {"OPEN", "PARKED"};
  auto& command = add_command(dlq, "discard", "Give letters up; they are kept for DLQ_RETENTION_DAYS", chosen,
                              arguments, run_discard);
  add_filter(command, *arguments, {"OPEN", "PARKED"}, "OPEN,PARKED");
  add_dry_run(command, *arguments);
  command.add_option("--reason", arguments->who.reason, "Why")->required();
  command.add_flag("--all", arguments->all, "Needed where no letters are chosen");
}

void add_prune(CLI::App& dlq, Command& chosen) {
  const auto arguments = std::make_shared<Arguments>();
  auto& command = add_command(dlq, "prune", "Delete letters that were resolved or discarded long ago", chosen,
                              arguments, run_prune);
  command.add_option("--days", arguments->days, "Longer ago than this; default DLQ_RETENTION_DAYS")
      ->check(CLI::Range(0, 36'500));
}

void add_import(CLI::App& dlq, Command& chosen) {
  const auto arguments = std::make_shared<Arguments>();
  auto& command =
      add_command(dlq, "import", "Take letters of DLQ_BACKEND=file or topic into the table, each once",
                  chosen, arguments, run_import);
  command.add_option("--file", arguments->import.files,
                     "File of letters, also one that was put aside or compressed");
  command.add_option("--topic", arguments->import.topic, "Topic of letters; needs KAFKA_BROKERS");
  command.add_option("--reason", arguments->who.reason, "Why, for the record");
  command.footer("Exit code: 0 all read, 1 some lines or records are no letters, 130 stopped by Ctrl-C.");
}

}  // namespace

void add_dlq(CLI::App& app, Command& chosen) {
  auto* dlq = app.add_subcommand("dlq", "Dead letters: find, understand, replay, discard");
  dlq->require_subcommand(1);
  dlq->footer(
      "DATABASE_URL is that of bo_operator. Results are lines of JSON; see docs/runbooks/dead-letters.md.");
  add_list(*dlq, chosen);
  add_show(*dlq, chosen);
  add_replay(*dlq, "replay", chosen);
  add_discard(*dlq, chosen);
  add_prune(*dlq, chosen);
  add_import(*dlq, chosen);
  add_replay(app, "replay-dlq", chosen);
}

}  // namespace ingest
