#include "common/metrics.hpp"

#include <gmock/gmock.h>

namespace common {
namespace {

using testing::HasSubstr;

class SeriesTest : public testing::Test {
 protected:
  Metrics metrics_;
  Series<prometheus::Counter, 2> requests_{metrics_.counters("requests_total", "Requests"),
                                           {"method", "route"}};
};

TEST_F(SeriesTest, equal_values_name_the_same_metric) {
  auto& first = requests_.at({"GET", "/a"});
  const std::string route = "/a";
  EXPECT_EQ(&requests_.at({"GET", route}), &first);
}

TEST_F(SeriesTest, each_combination_of_values_counts_for_itself) {
  requests_.at({"GET", "/a"}).Increment();
  requests_.at({"GET", "/b"}).Increment(2);
  requests_.at({"POST", "/a"}).Increment(3);
  const auto page = metrics_.render();
  EXPECT_THAT(page, HasSubstr(R"(requests_total{method="GET",route="/a"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(requests_total{method="GET",route="/b"} 2)"));
  EXPECT_THAT(page, HasSubstr(R"(requests_total{method="POST",route="/a"} 3)"));
}

TEST_F(SeriesTest, metric_that_was_made_without_it_goes_on) {
  auto& family = metrics_.counters("answers_total", "Answers");
  family.Add({{"outcome", "ok"}}).Increment();
  Series<prometheus::Counter, 1> answers(family, {"outcome"});
  answers.at({"ok"}).Increment();
  EXPECT_THAT(metrics_.render(), HasSubstr(R"(answers_total{outcome="ok"} 2)"));
}

TEST_F(SeriesTest, histogram_gets_its_buckets) {
  Series<prometheus::Histogram, 1> latency(metrics_.histograms("latency_seconds", "Time"), {"query"},
                                           prometheus::Histogram::BucketBoundaries{1, 2});
  latency.at({"lookup_tx"}).Observe(1.5);
  EXPECT_THAT(metrics_.render(), HasSubstr(R"(latency_seconds_bucket{query="lookup_tx",le="2"} 1)"));
}

}  // namespace
}  // namespace common
