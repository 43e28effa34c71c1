#include <cstdint>
#include <memory>

#include "common/log.hpp"
#include "ingest/commands.hpp"
#include "ingest/config.hpp"
#include "ingest/consume/consume.hpp"

namespace ingest {
namespace {

int run(const ConsumeOptions& options) {
  const auto config = load_config(common::process_environment());
  common::log::setup(config.service_name, config.log_level);
  for (const auto& [name, value] : config.resolved)
    common::log::info("setting", {{"name", name}, {"value", value}});
  return consume(config, options);
}

}  // namespace

void add_consume(CLI::App& app, Command& chosen) {
  auto* command = app.add_subcommand("consume", "Consume both topics until SIGTERM");
  const auto options = std::make_shared<ConsumeOptions>();
  command->add_option("--max-messages", options->max_messages, "End when this many records are applied")
      ->check(kPositive);
  command
      ->add_option_function<std::int64_t>(
          "--max-idle-seconds",
          [options](std::int64_t value) { options->max_idle = std::chrono::seconds(value); },
          "End when all is read and no record came for so long")
      ->check(kPositive);
  command->callback([&chosen, options] { chosen = [options] { return run(*options); }; });
}

}  // namespace ingest
