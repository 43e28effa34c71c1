#include "ingest/consume/pair_watch.hpp"

#include "common/log.hpp"

namespace ingest {

PairWatch::PairWatch(const Config& config, ConsumerMetrics& metrics)
    : max_orders_(config.pair_check_orders),
      interval_(config.pair_check_interval),
      metrics_(metrics),
      store_(config.database_url, config.session) {
  if (max_orders_ > 0) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void PairWatch::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    check();
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, interval_, [] { return false; });
  }
}

void PairWatch::check() {
  std::optional<PairCheck> found;
  try {
    found = store_.watch(max_orders_);
    if (found && found->drifted > 0)
      common::log::error("pairs differ from the ledger",
                         {{"checked_orders", found->checked}, {"drifted", found->drifted}});
  } catch (const std::exception& error) {
    store_.disconnect();
    const auto fault = common::classify(error);
    common::log::warn("pairs not checked", {{"sqlstate", fault.sqlstate}, {"detail", fault.detail}});
  }
  metrics_.pair_check(found);
}

}  // namespace ingest
