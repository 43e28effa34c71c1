#include <CLI/CLI.hpp>
#include <cstdint>
#include <iostream>

#include "common/log.hpp"
#include "ingest/config.hpp"
#include "ingest/consume.hpp"

namespace {

int run(const ingest::ConsumeOptions& options) {
  const auto config = ingest::load_config(common::process_environment());
  common::log::setup(config.service_name, config.log_level);
  for (const auto& [name, value] : config.resolved)
    common::log::info("setting", {{"name", name}, {"value", value}});
  return ingest::consume(config, options);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Applies ledger and order events from Kafka to the transaction lookup database.");
  app.set_version_flag("--version", TX_LOOKUP_VERSION);
  app.footer("Settings are environment variables: see configs/README.md.");
  app.require_subcommand(1);
  auto* consume = app.add_subcommand("consume", "Consume both topics until SIGTERM");
  std::int64_t max_messages = 0;
  std::int64_t max_idle_seconds = 0;
  auto* max_messages_option =
      consume->add_option("--max-messages", max_messages, "End after this many records")
          ->check(CLI::PositiveNumber);
  auto* max_idle_option =
      consume->add_option("--max-idle-seconds", max_idle_seconds, "End when no record came for so long")
          ->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);

  try {
    ingest::ConsumeOptions options;
    if (*max_messages_option) options.max_messages = max_messages;
    if (*max_idle_option) options.max_idle = std::chrono::seconds(max_idle_seconds);
    return run(options);
  } catch (const std::exception& error) {
    std::cerr << "bo-sync-consumer: " << error.what() << '\n';
    return 2;
  }
}
