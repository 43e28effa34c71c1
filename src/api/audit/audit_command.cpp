#include "api/audit/audit_command.hpp"

#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>

#include "api/audit/audit_log.hpp"
#include "api/config.hpp"
#include "common/text.hpp"

namespace api {
namespace {

enum ExitCode : int { kAllWell = 0, kSomethingFound = 1 };

struct Options {
  int max_rows = 10'000;
  std::string checkpoint_file;
  int max_findings = 1000;
};

/// The lines of a file as a JSON array.
std::string checkpoints_in(const std::string& path) {
  std::ifstream file(path);
  std::string array;
  for (std::string line; std::getline(file, line);)
    if (!common::trim(line).empty()) array += (array.empty() ? "[" : ",") + line;
  if (array.empty()) throw std::runtime_error(path + ": there is no checkpoint in it");
  return array + "]";
}

int seal(pqxx::connection& connection, int max_rows) {
  std::int64_t rows = 0;
  std::int64_t blocks = 0;
  while (const auto sealed = seal_audit_log(connection, max_rows, Turn::wait)) {
    rows += sealed->rows;
    ++blocks;
  }
  std::cerr << rows << " rows sealed in " << blocks << " blocks\n";
  return kAllWell;
}

int verify(pqxx::connection& connection, const Options& options) {
  std::optional<std::string> checkpoints;
  if (!options.checkpoint_file.empty()) checkpoints = checkpoints_in(options.checkpoint_file);
  const auto findings = verify_audit_log(connection, checkpoints, options.max_findings);
  for (const auto& finding : findings) std::cout << finding << '\n';
  std::cerr << findings.size() << " findings\n";
  return findings.empty() ? kAllWell : kSomethingFound;
}

int print_checkpoint(pqxx::connection& connection) {
  std::cout << audit_checkpoint(connection) << '\n';
  return kAllWell;
}

int detach(pqxx::connection& connection, int months_to_keep) {
  int exit_code = kAllWell;
  for (const auto& partition : detach_audit_partitions(connection, months_to_keep)) {
    std::cout << partition.report << '\n';
    if (!partition.is_detached) exit_code = kSomethingFound;
  }
  return exit_code;
}

}  // namespace

void add_audit(CLI::App& app, Command& chosen) {
  auto* audit = app.add_subcommand(
      "audit",
      "Prove what is in the audit log, as bo_operator (DATABASE_URL); see docs/runbooks/audit-log.md");
  audit->require_subcommand(1);
  const auto options = std::make_shared<Options>();
  using Work = std::function<int(pqxx::connection&, const AuditConfig&)>;
  const auto add = [&](const char* name, const char* description, Work work) {
    auto* command = audit->add_subcommand(name, description);
    command->callback([&chosen, work = std::move(work)] {
      chosen = [work] {
        const auto config = read_audit_config(common::process_environment());
        pqxx::connection connection(config.connection_string);
        return work(connection, config);
      };
    });
    return command;
  };

  add("seal", "Seal all rows of transactions that have ended; the service does so at an interval",
      [options](auto& connection, const auto&) { return seal(connection, options->max_rows); })
      ->add_option("--max-rows", options->max_rows, "Rows in a block, sealed in one transaction")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  auto* verify_command = add(
      "verify",
      "Compute all hashes anew. What was changed, removed or slipped in since it was sealed goes to standard "
      "output, one JSON object a line, and the exit code is then 1",
      [options](auto& connection, const auto&) { return verify(connection, *options); });
  verify_command
      ->add_option("--checkpoint", options->checkpoint_file,
                   "Lines that checkpoint has printed, to check the chain itself")
      ->check(CLI::ExistingFile);
  verify_command->add_option("--max-findings", options->max_findings, "Stop after so many")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  add("checkpoint",
      "Print the last block of the chain, one line, to be kept where no one who can change this database can",
      [](auto& connection, const auto&) { return print_checkpoint(connection); });
  add("detach",
      "Detach the partitions of months that are over, save the last AUDIT_RETENTION_MONTHS, once they are "
      "sealed and "
      "verified; exit code 1 when one has to stay",
      [](auto& connection, const auto& config) { return detach(connection, config.retention_months); });
}

}  // namespace api
