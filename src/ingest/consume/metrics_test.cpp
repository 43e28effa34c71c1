#include "ingest/consume/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ingest {
namespace {

using ::testing::HasSubstr;

TEST(ConsumerMetrics, what_alerts_look_at_is_told_before_it_happens) {
  common::Metrics metrics;
  const ConsumerMetrics consumer(metrics, "default", "ledger", "orders");
  const auto page = metrics.render();
  for (const std::string topic : {"ledger", "orders"}) {
    EXPECT_THAT(page, HasSubstr("consumer_dlq_total{error=\"parse_error\",topic=\"" + topic + "\"} 0"));
    EXPECT_THAT(page, HasSubstr("consumer_contract_core_violation_total{profile=\"default\",topic=\"" +
                                topic + "\"} 0"));
    EXPECT_THAT(page, HasSubstr("consumer_version_missing_total{topic=\"" + topic + "\"} 0"));
  }
}

}  // namespace
}  // namespace ingest
