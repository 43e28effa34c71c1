#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace common {

/// Owner of all metrics of a process. References handed out live as long as it does. Any thread.
/// Family::Add builds and hashes a map of strings under a lock: keep the reference, or a Series, where it is
/// used often.
class Metrics {
 public:
  [[nodiscard]] prometheus::Family<prometheus::Counter>& counters(const std::string& name,
                                                                  const std::string& help);
  [[nodiscard]] prometheus::Family<prometheus::Gauge>& gauges(const std::string& name,
                                                              const std::string& help);
  [[nodiscard]] prometheus::Family<prometheus::Histogram>& histograms(const std::string& name,
                                                                      const std::string& help);

  /// The page of /metrics, in kContentType.
  [[nodiscard]] std::string render() const;
  static constexpr const char* kContentType = "text/plain; version=0.0.4; charset=utf-8";

 private:
  prometheus::Registry registry_;
};

/// The metrics of a family by the values of its N labels, each made when it is first asked for. Any thread.
template <class Metric, std::size_t N>
class Series {
 public:
  using Values = std::array<std::string_view, N>;

  /// `arguments`: those of the metric's constructor, as the buckets of a histogram.
  template <class... Arguments>
  Series(prometheus::Family<Metric>& family, std::array<std::string, N> labels, Arguments... arguments)
      : labels_(std::move(labels)),
        add_([&family, arguments...](const std::map<std::string, std::string>& at) {
          return &family.Add(at, arguments...);
        }) {}

  [[nodiscard]] Metric& at(const Values& values) {
    {
      const std::shared_lock lock(mutex_);
      if (const auto found = metrics_.find(values); found != metrics_.end()) return *found->second;
    }
    std::map<std::string, std::string> labelled;
    std::array<std::string, N> own;
    for (std::size_t i = 0; i < N; ++i) labelled[labels_[i]] = own[i] = values[i];
    const std::scoped_lock lock(mutex_);
    return *metrics_.emplace(std::move(own), add_(labelled)).first->second;
  }

 private:
  struct Less {
    using is_transparent = void;
    template <class Left, class Right>
    bool operator()(const Left& left, const Right& right) const {
      return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
    }
  };

  const std::array<std::string, N> labels_;
  const std::function<Metric*(const std::map<std::string, std::string>&)> add_;
  std::shared_mutex mutex_;
  std::map<std::array<std::string, N>, Metric*, Less> metrics_;
};

/// 0.5 ms to 10 s, in seconds.
[[nodiscard]] const prometheus::Histogram::BucketBoundaries& latency_buckets();

}  // namespace common
