#include "ingest/repair/repair_pairs.hpp"

#include <algorithm>
#include <iostream>

#include "common/progress.hpp"
#include "common/stop_signals.hpp"
#include "ingest/exit_code.hpp"

namespace ingest {
namespace {

/// The orders to repair, a chunk at a time.
class OrderChunks {
 public:
  OrderChunks(PairStore& store, const RepairOptions& options)
      : store_(store), chunk_orders_(options.chunk_orders), last_(options.from) {
    if (options.since) {
      list_ = store.order_ids_touched_since(*options.since);
    } else if (!options.order_ids.empty()) {
      list_ = options.order_ids;
    } else {
      if (last_.empty()) count_ = store.pair_count_estimate();
      return;
    }
    // By code point, as SQL and every other writer has it.
    std::sort(list_->begin(), list_->end());
    list_->erase(std::unique(list_->begin(), list_->end()), list_->end());
    list_->erase(list_->begin(), std::upper_bound(list_->begin(), list_->end(), last_));
    count_ = static_cast<std::int64_t>(list_->size());
  }

  /// Nothing when it is not known.
  [[nodiscard]] std::optional<std::int64_t> count() const { return count_; }

  /// Empty at the end.
  [[nodiscard]] std::vector<std::string> next() {
    std::vector<std::string> chunk;
    if (list_) {
      const auto size = std::min(list_->size() - listed_, static_cast<std::size_t>(chunk_orders_));
      const auto begin = list_->begin() + static_cast<std::ptrdiff_t>(listed_);
      chunk.assign(begin, begin + static_cast<std::ptrdiff_t>(size));
      listed_ += size;
    } else {
      chunk = store_.order_ids_after(last_, chunk_orders_);
    }
    if (!chunk.empty()) last_ = chunk.back();
    return chunk;
  }

 private:
  PairStore& store_;
  int chunk_orders_;
  std::string last_;
  std::optional<std::vector<std::string>> list_;
  std::size_t listed_ = 0;
  std::optional<std::int64_t> count_;
};

struct Counts {
  std::int64_t orders = 0;
  std::int64_t pairs = 0;
};

void tell(const Counts& counts, bool dry_run) {
  std::cerr << counts.orders << " orders checked, " << counts.pairs
            << (dry_run ? " pairs would be repaired\n" : " pairs repaired\n");
}

void tell_how_to_go_on(const std::string& last) {
  if (last.empty()) return;
  std::cerr << "All up to order " << shell_word(last) << " is done. To go on: the same command with --from "
            << shell_word(last) << '\n';
}

}  // namespace

std::string json_line(const RepairedPair& pair, bool dry_run) {
  std::string line = R"({"payment_order_id":)";
  line.append(pair.order_id).append(R"(,"repaired":)").append(dry_run ? "false" : "true");
  line.append(R"(,"before":)").append(pair.before).append(R"(,"after":)").append(pair.after).append("}");
  return line;
}

std::string shell_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) c == '\'' ? word.append("'\\''") : word.append(1, c);
  return word.append("'");
}

int repair_pairs(PairStore& store, const RepairOptions& options, std::ostream& out) {
  OrderChunks chunks(store, options);
  common::StopSignals signals;  // from here on: what comes before changes nothing and may be killed
  common::Progress progress({.title = "repair pairs", .unit = "orders", .total = chunks.count()});
  Counts counts;
  std::string last = options.from;
  bool stopped = false;
  try {
    while (!stopped) {
      const auto chunk = chunks.next();
      if (chunk.empty()) break;
      const auto repaired = store.repair(chunk, options.dry_run);
      if (!repaired.empty()) progress.clear();
      for (const auto& pair : repaired) out << json_line(pair, options.dry_run) << '\n';
      out.flush();
      counts.orders += static_cast<std::int64_t>(chunk.size());
      counts.pairs += static_cast<std::int64_t>(repaired.size());
      last = chunk.back();
      progress.add(static_cast<std::int64_t>(chunk.size()));
      stopped = signals.wait_until({});
    }
  } catch (const std::exception&) {
    progress.finish();
    tell(counts, options.dry_run);
    tell_how_to_go_on(last);
    throw;
  }
  progress.finish();
  tell(counts, options.dry_run);
  if (stopped) tell_how_to_go_on(last);
  return stopped ? kInterrupted : kDone;
}

}  // namespace ingest
