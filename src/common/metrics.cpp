#include "common/metrics.hpp"

#include <prometheus/text_serializer.h>

namespace common {

prometheus::Family<prometheus::Counter>& Metrics::counters(const std::string& name, const std::string& help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry_);
}

prometheus::Family<prometheus::Gauge>& Metrics::gauges(const std::string& name, const std::string& help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry_);
}

prometheus::Family<prometheus::Histogram>& Metrics::histograms(const std::string& name,
                                                               const std::string& help) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry_);
}

std::string Metrics::render() const {
  return prometheus::TextSerializer().Serialize(registry_.Collect());
}

const prometheus::Histogram::BucketBoundaries& latency_buckets() {
  static const prometheus::Histogram::BucketBoundaries buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05,
                                                               0.1,    0.2,   0.5,    1,     2.5,  5,    10};
  return buckets;
}

}  // namespace common
