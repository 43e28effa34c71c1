#include <iostream>

#include "ingest/commands.hpp"

int main(int argc, char** argv) {
  ingest::Command chosen;
  CLI::App app("Applies ledger and order events to the transaction lookup database.");
  app.set_version_flag("--version", TX_LOOKUP_VERSION);
  app.footer("Settings are environment variables: see configs/README.md.");
  app.require_subcommand(1);
  ingest::add_consume(app, chosen);
  ingest::add_repair_pairs(app, chosen);
  ingest::add_dlq(app, chosen);
  ingest::add_backfill(app, chosen);
  CLI11_PARSE(app, argc, argv);

  try {
    return chosen();
  } catch (const std::exception& error) {
    std::cerr << "bo-sync-consumer: " << error.what() << '\n';
    return 2;
  }
}
