#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <string>

namespace common {

/// Owner of all metrics of a process. References handed out live as long as it does. Any thread.
/// Family::Add takes a lock and hashes: keep the reference where it is used often.
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

/// 0.5 ms to 10 s, in seconds.
[[nodiscard]] const prometheus::Histogram::BucketBoundaries& latency_buckets();

}  // namespace common
