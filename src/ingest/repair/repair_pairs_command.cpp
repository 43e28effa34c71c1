#include <iostream>
#include <memory>

#include "common/log.hpp"
#include "common/timestamp.hpp"
#include "ingest/commands.hpp"
#include "ingest/config.hpp"
#include "ingest/repair/repair_pairs.hpp"

namespace ingest {
namespace {

constexpr const char* kDescription =
    "Make pairs equal to the ledger again, as bo_operator (DATABASE_URL): all, or those of some orders. Each "
    "chunk is "
    "committed; running it again changes nothing; the consumers may go on. Pairs that change are written to "
    "standard "
    "output, one JSON object a line, as they were and as they are due.";

std::string check_time(const std::string& text) {
  return common::parse_timestamp(text) ? "" : "must be a time such as 2026-02-05T01:00:00Z";
}

int run(const RepairOptions& options) {
  const auto config = load_operator_config(common::process_environment());
  common::log::setup(config.service_name, config.log_level, common::log::Output::standard_error);
  PairStore store(config.database_url, config.session);
  return repair_pairs(store, options, std::cout);
}

}  // namespace

void add_repair_pairs(CLI::App& app, Command& chosen) {
  auto* command = app.add_subcommand("repair-pairs", kDescription);
  const auto options = std::make_shared<RepairOptions>();
  auto* order_ids = command->add_option("--order-id", options->order_ids, "Only these orders");
  command
      ->add_option("--since", options->since,
                   "Only orders that an entry applied since this time belongs to or may have left; reads "
                   "whole tables once")
      ->check(CLI::Validator(check_time, "TIME"))
      ->excludes(order_ids);
  command->add_flag("--dry-run", options->dry_run, "Tell what would change, and change nothing");
  command->add_option("--chunk-orders", options->chunk_orders, "Orders that are repaired in one transaction")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->add_option("--from", options->from,
                      "Only orders whose id comes after this one: to go on after an end");
  command->callback([&chosen, options] { chosen = [options] { return run(*options); }; });
}

}  // namespace ingest
