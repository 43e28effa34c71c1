#include "ingest/consume/consume.hpp"

#include <condition_variable>
#include <exception>
#include <future>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include "common/log.hpp"
#include "common/management.hpp"
#include "common/stop_signals.hpp"
#include "ingest/consume/log_end_watch.hpp"
#include "ingest/consume/metrics.hpp"
#include "ingest/consume/pair_watch.hpp"
#include "ingest/consume/retention.hpp"
#include "ingest/consume/watchdog.hpp"
#include "ingest/consume/worker.hpp"
#include "ingest/dead_letters/dead_letter_file.hpp"
#include "ingest/dead_letters/dead_letter_topic.hpp"

namespace ingest {
namespace {

namespace log = common::log;
using Clock = std::chrono::steady_clock;

constexpr int kFailure = 1;

/// A connection of its own, since those of the workers may be what hangs.
bool database_answers(const Config& config) {
  try {
    static_cast<void>(Store({.database_url = config.database_url,
                             .session = config.session,
                             .group_id = config.group_id,
                             .immediate_retries = 0})
                          .read_progress());
    return true;
  } catch (const Unavailable&) {
    return false;
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
          DeadLetterTopic::Options{config.kafka.settings, settings.topic, settings.topic_timeout});
  }
  throw std::logic_error("unknown place for dead letters");
}

/// A worker that throws ends the process: by a fault of the program, or since another process has its place
/// in the group.
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

/// Lets the workers that have begun end when another gets no thread.
struct StopOfWorkers {
  Shared& shared;
  ~StopOfWorkers() { shared.stopping = true; }
};

/// Ends the process when stopping takes too long: a worker or a client library that waits for somebody who is
/// silent. Nothing is lost: what was not applied was not committed, and comes again.
class StopDeadline {
 public:
  explicit StopDeadline(std::chrono::milliseconds timeout)
      : thread_([timeout](const std::stop_token& stopped) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any().wait_for(lock, stopped, timeout, [] { return false; });
          if (stopped.stop_requested()) return;
          log::error("not drained in time", {{"timeout_ms", timeout.count()}});
          std::_Exit(kFailure);
        }) {}

 private:
  std::jthread thread_;
};

/// What is looked at while the workers work: the age of the answers, and whether anything hangs.
class Supervisor {
 public:
  Supervisor(const Config& config, const Shared& shared, const std::list<Worker>& workers,
             ConsumerMetrics& metrics)
      : config_(config),
        shared_(shared),
        workers_(workers),
        metrics_(metrics),
        watchdog_(config.watchdog_timeout) {}

  /// True when all partitions that the group gave are read to their ends, by what the broker said since
  /// `since`.
  [[nodiscard]] bool is_read_to_end(Clock::time_point since) const {
    for (const auto& worker : workers_) {
      if (!worker.has_begun()) return false;
    }
    for (const auto& [partition, known] : shared_.freshness.snapshot()) {
      if (known.next_offset && !known.is_read_to_end(since)) return false;
    }
    return readiness_of(workers_, shared_).ready;
  }

  /// Here and not where the broker is asked: the answers grow old while it is silent, too.
  void tell_freshness() const { metrics_.freshness(shared_.freshness.snapshot()); }

  /// True when the process should be started anew.
  bool is_stuck() {
    if (config_.watchdog_timeout == std::chrono::seconds(0)) return false;
    const bool fine = readiness_of(workers_, shared_).ready;
    const auto partition = watchdog_.stuck(shared_.freshness.snapshot(), fine, Clock::now());
    if (!partition || !database_answers(config_)) return false;
    log::error("no progress though broker and database answer: ending, to be started anew",
               {{"topic", partition->topic},
                {"partition", partition->partition},
                {"timeout_s", config_.watchdog_timeout.count()}});
    return true;
  }

 private:
  const Config& config_;
  const Shared& shared_;
  const std::list<Worker>& workers_;
  ConsumerMetrics& metrics_;
  Watchdog watchdog_;
};

/// Returns when a signal comes, a worker has ended, or nothing has come for the idle time, in which an outage
/// does not count; false when the supervisor, who is asked once a tick, says that it hangs.
bool wait_for_end(common::StopSignals& signals, const Shared& shared, const Config& config,
                  const ConsumeOptions& options, Supervisor& supervisor) {
  constexpr std::chrono::milliseconds kTick(100);
  auto idle_since = Clock::now();
  while (!shared.stopping) {
    supervisor.tell_freshness();
    if (supervisor.is_stuck()) return false;
    if (signals.wait_until(Clock::now() + kTick)) return true;
    if (!options.max_idle) continue;
    const Clock::time_point last_record_at{std::chrono::milliseconds(shared.last_record_at_ms)};
    const auto now = Clock::now();
    // Two rounds of questions: one may be under way.
    const auto lately =
        now - 2 * config.log_end_interval - std::chrono::milliseconds(config.kafka.answer_timeout_ms);
    idle_since = supervisor.is_read_to_end(lately) ? std::max(idle_since, last_record_at) : now;
    if (now - idle_since >= *options.max_idle) return true;
  }
  return true;
}

}  // namespace

int consume(const Config& config, const ConsumeOptions& options) {
  common::StopSignals signals;
  std::optional<StopDeadline> deadline;  // first, since it watches over the end of all others
  common::Metrics registry;
  ConsumerMetrics metrics(registry, config.profile.id, config.ledger_topic, config.payment_order_topic);
  Shared shared(options.max_messages.value_or(INT64_MAX));
  shared.dead_letters = make_sink(config);

  std::list<Worker> workers;
  for (int number = 1; number <= config.workers; ++number)
    workers.emplace_back(config, shared, metrics, number);
  common::ManagementServer management(config.management, registry,
                                      [&] { return readiness_of(workers, shared); });
  management.start();
  const LogEndWatch log_ends(config, shared.freshness);
  const PairWatch pairs(config, metrics);
  const Retention retention(config);

  std::vector<std::future<int>> results;
  const StopOfWorkers stop{shared};
  for (auto& worker : workers) {
    results.push_back(
        std::async(std::launch::async, [&worker, &shared] { return run_worker(worker, shared); }));
  }
  log::info("consuming", {{"workers", config.workers}, {"metrics_port", management.port()}});
  Supervisor supervisor(config, shared, workers, metrics);
  int code = wait_for_end(signals, shared, config, options, supervisor) ? 0 : kFailure;

  log::info("stopping");
  deadline.emplace(config.stop_timeout);
  shared.stopping = true;
  for (auto& result : results) code = std::max(code, result.get());
  management.stop();
  log::info("stopped");
  return code;
}

}  // namespace ingest
