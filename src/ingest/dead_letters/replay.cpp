#include "ingest/dead_letters/replay.hpp"

#include <algorithm>
#include <map>
#include <ostream>

#include "common/log.hpp"
#include "common/progress.hpp"

namespace ingest {
namespace {

using Clock = std::chrono::steady_clock;

/// Letters between two looks for a signal.
constexpr std::int64_t kDiscardChunk = 100;

/// One run over the letters that are there at its start: what is told of each, and of all.
class Run {
 public:
  Run(std::string title, DeadLetterFilter filter, bool dry_run, std::int64_t max_letters,
      DeadLetterStore& letters, std::ostream& out)
      : title_(std::move(title)),
        filter_(std::move(filter)),
        dry_run_(dry_run),
        out_(out),
        left_(freeze(letters, max_letters)),
        progress_({.title = dry_run_ ? title_ + " (dry run)" : title_, .unit = "letters", .total = left_}) {}

  [[nodiscard]] const DeadLetterFilter& filter() const { return filter_; }
  [[nodiscard]] std::int64_t left() const { return left_; }

  void add(const LetterReport& report) {
    progress_.clear();
    out_ << (dry_run_ ? R"({"dry_run":true,)" + report.json.substr(1) : report.json) << '\n' << std::flush;
    ++outcomes_[report.outcome];
    filter_.from_id = report.dlq_id + 1;
    --left_;
    progress_.add(1);
  }

  int finish(bool interrupted) {
    progress_.finish();
    std::string counts;
    for (const auto& [outcome, count] : outcomes_)
      counts += (counts.empty() ? "" : ", ") + std::to_string(count) + " " + outcome;
    common::log::info(title_ + (interrupted ? " stopped" : " ended"),
                      {{"dry_run", dry_run_},
                       {"outcomes", counts.empty() ? "no letters" : counts},
                       {"go_on_with", interrupted ? "--from-id " + std::to_string(*filter_.from_id) : "-"}});
    if (interrupted) return kInterrupted;
    return outcomes_.contains("failed") || outcomes_.contains("parked") ? kSomeFailed : kDone;
  }

 private:
  /// Letters that come later are not of this run: one that fails again and again can't keep it going.
  std::int64_t freeze(DeadLetterStore& letters, std::int64_t max_letters) {
    const auto found = letters.count(filter_);
    filter_.to_id = found.last_id.value_or(0);
    filter_.from_id = filter_.from_id.value_or(1);
    return std::min(found.letters, max_letters);
  }

  std::string title_;
  DeadLetterFilter filter_;
  bool dry_run_;
  std::ostream& out_;
  std::int64_t left_;
  common::Progress progress_;
  std::map<std::string, std::int64_t> outcomes_;
};

}  // namespace

int replay(const OperatorConfig& config, const ReplayOptions& options, DeadLetterStore& letters,
           common::StopSignals& signals, std::ostream& out) {
  Decoder decoder(config.profile, config.contract);
  const auto decide = [&](const ClaimedLetter& letter) {
    Attempt attempt{
        .batch = Batch(config.profile.id), .rejection = {}, .edited_payload = options.edited_payload};
    const auto& payload = options.edited_payload ? options.edited_payload : letter.payload;
    const auto decoded =
        decoder.decode(kind_of(letter.topic, config.ledger_topic, config.payment_order_topic), payload);
    if (const auto* rejection = std::get_if<Rejection>(&decoded.event)) {
      attempt.rejection = *rejection;
    } else {
      RecordView record;
      record.timestamp = letter.record_timestamp;
      attempt.batch.add(record, decoded);
    }
    return attempt;
  };

  Run run("dlq replay", options.filter, options.dry_run, options.max_letters, letters, out);
  const auto interval = std::chrono::duration<double>(options.per_second ? 1 / *options.per_second : 0);
  auto due = Clock::now();
  while (run.left() > 0) {
    if (signals.wait_until(due)) return run.finish(true);
    due = std::max(due, Clock::now() - std::chrono::seconds(1)) +
          std::chrono::duration_cast<Clock::duration>(interval);
    const auto report = letters.replay_next(run.filter(), decide, config.dlq_max_attempts, options.dry_run);
    if (!report) break;
    run.add(*report);
  }
  return run.finish(false);
}

int discard(const DiscardOptions& options, DeadLetterStore& letters, common::StopSignals& signals,
            std::ostream& out) {
  Run run("dlq discard", options.filter, options.dry_run, options.max_letters, letters, out);
  while (run.left() > 0) {
    if (signals.wait_until(Clock::now())) return run.finish(true);
    const auto reports = letters.discard(run.filter(), std::min(run.left(), kDiscardChunk), options.dry_run);
    if (reports.empty()) break;
    for (const auto& report : reports) run.add(report);
  }
  return run.finish(false);
}

}  // namespace ingest
