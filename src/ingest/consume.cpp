#include "ingest/consume.hpp"

#include <csignal>
#include <ctime>
#include <exception>
#include <future>
#include <list>

#include "common/log.hpp"
#include "common/management.hpp"
#include "ingest/dead_letter_file.hpp"
#include "ingest/dead_letter_topic.hpp"
#include "ingest/log_end_watch.hpp"
#include "ingest/metrics.hpp"
#include "ingest/worker.hpp"

namespace ingest {
namespace {

namespace log = common::log;
using Clock = std::chrono::steady_clock;

constexpr int kFailure = 1;

sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

std::int64_t steady_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch()).count();
}

/// Returns when a signal comes, a worker has ended, or nothing has come for the idle time.
void wait_for_end(const sigset_t& signals, const Shared& shared, const ConsumeOptions& options) {
  constexpr timespec kTick{.tv_sec = 0, .tv_nsec = 100'000'000};
  while (!shared.stopping) {
    if (sigtimedwait(&signals, nullptr, &kTick) > 0) return;
    const auto idle = std::chrono::milliseconds(steady_milliseconds() - shared.last_record_at_ms);
    if (options.max_idle && idle >= *options.max_idle) return;
  }
}

common::Readiness readiness_of(const std::list<Worker>& workers, const Shared& shared) {
  if (shared.stopping) return {false, "stopping"};
  for (const auto& worker : workers) {
    if (!worker.healthy()) return {false, "database or place for dead letters away"};
  }
  return {true, "ready"};
}

std::unique_ptr<DeadLetterSink> make_sink(const Config& config) {
  const auto& settings = config.dead_letters;
  switch (settings.backend) {
    case DeadLetterSettings::Backend::db:
      return nullptr;
    case DeadLetterSettings::Backend::file:
      return std::make_unique<DeadLetterFile>(
          DeadLetterFile::Options{settings.path, settings.file_max_bytes});
    case DeadLetterSettings::Backend::topic:
      return std::make_unique<DeadLetterTopic>(
          DeadLetterTopic::Options{config.kafka, settings.topic, settings.topic_timeout});
  }
  throw std::logic_error("unknown place for dead letters");
}

/// A worker that throws ends the process: only a fault of the program gets here.
int run_worker(Worker& worker, Shared& shared) {
  try {
    worker.run();
    return 0;
  } catch (const std::exception& error) {
    log::error("worker failed", {{"error", error.what()}});
    shared.stopping = true;
    return kFailure;
  }
}

}  // namespace

int consume(const Config& config, const ConsumeOptions& options) {
  const auto signals = block_stop_signals();
  common::Metrics registry;
  ConsumerMetrics metrics(registry, config.profile_id, config.ledger_topic, config.payment_order_topic);
  Shared shared;
  shared.records_left = options.max_messages.value_or(INT64_MAX);
  shared.last_record_at_ms = steady_milliseconds();
  shared.dead_letters = make_sink(config);

  std::list<Worker> workers;
  for (int number = 1; number <= config.workers; ++number)
    workers.emplace_back(config, shared, metrics, number);
  common::ManagementServer management(config.metrics_host, config.metrics_port, registry,
                                      [&] { return readiness_of(workers, shared); });
  management.start();
  LogEndWatch log_ends(config, shared.freshness, metrics);

  std::vector<std::future<int>> results;
  for (auto& worker : workers) {
    results.push_back(
        std::async(std::launch::async, [&worker, &shared] { return run_worker(worker, shared); }));
  }
  log::info("consuming", {{"workers", config.workers}, {"metrics_port", management.port()}});
  wait_for_end(signals, shared, options);

  log::info("stopping");
  shared.stopping = true;
  const auto deadline = Clock::now() + config.stop_timeout;
  int code = 0;
  for (auto& result : results) {
    if (result.wait_until(deadline) == std::future_status::timeout) {
      // Nothing is lost: what was not applied was not committed, and comes again.
      log::error("not drained in time", {{"timeout_ms", config.stop_timeout.count()}});
      std::_Exit(kFailure);
    }
    code = std::max(code, result.get());
  }
  management.stop();
  log::info("stopped");
  return code;
}

}  // namespace ingest
