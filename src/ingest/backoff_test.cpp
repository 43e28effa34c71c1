#include "ingest/backoff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace ingest {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::Ge;
using testing::Le;

auto half_to_all_of(int longest) {
  return AllOf(Ge(milliseconds(longest / 2)), Le(milliseconds(longest)));
}

TEST(Backoff, doubles_up_to_its_maximum) {
  Backoff backoff({.initial = milliseconds(50), .max = milliseconds(150)});
  for (const int longest : {50, 100, 150, 150}) EXPECT_THAT(backoff.next(), half_to_all_of(longest));
}

TEST(Backoff, begins_anew_after_a_success) {
  Backoff backoff({.initial = milliseconds(50), .max = milliseconds(1000)});
  for (int i = 0; i < 5; ++i) static_cast<void>(backoff.next());
  backoff.reset();
  EXPECT_THAT(backoff.next(), half_to_all_of(50));
}

TEST(Backoff, never_waits_less_than_its_first_wait_when_the_maximum_is_smaller) {
  Backoff backoff({.initial = milliseconds(100), .max = milliseconds(10)});
  for (int i = 0; i < 3; ++i) EXPECT_THAT(backoff.next(), half_to_all_of(100));
}

TEST(Backoff, is_not_the_same_for_all_that_wait) {
  std::set<milliseconds> waits;
  for (int i = 0; i < 20; ++i)
    waits.insert(Backoff({.initial = milliseconds(1000), .max = milliseconds(1000)}).next());
  EXPECT_GT(waits.size(), 1);
}

}  // namespace
}  // namespace ingest
