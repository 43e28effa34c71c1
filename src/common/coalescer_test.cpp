#include "common/coalescer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <semaphore>
#include <set>
#include <string>

namespace common {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr auto kForever = 1h;

/// A question of a kind; its answer is the square.
struct Asked {
  int number;
  std::size_t kind;
  std::promise<int> square;
};

using Squares = Coalescer<Asked, int>;

std::vector<int> squares_of(const std::vector<Asked>& group) {
  std::vector<int> squares;
  for (const auto& asked : group) squares.push_back(asked.number * asked.number);
  return squares;
}

void answer(Asked asked, int square) {
  asked.square.set_value(square);
}

std::future<int> ask(Squares& squares, int number, std::size_t kind = 0) {
  Asked asked{number, kind, {}};
  auto square = asked.square.get_future();
  EXPECT_TRUE(squares.ask(asked));
  return square;
}

/// Calls that stay under way until they are let go; a call goes by the number of its first request.
class CoalescerTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<Squares> make(CoalescerOptions options, std::size_t kinds = 1) {
    return std::make_unique<Squares>(
        options, kinds, [](const Asked& asked) { return asked.kind; },
        [this](const auto& group) { return hold(group); }, answer);
  }
  void wait_for_call() { ASSERT_TRUE(begun_.try_acquire_for(30s)) << "no call"; }
  /// From now on only calls to come are waited for.
  void forget_calls() {
    while (begun_.try_acquire()) continue;
  }
  void let_go(int number) {
    const std::scoped_lock lock(mutex_);
    free_.insert(number);
    let_go_.notify_all();
  }
  void let_all_go() {
    const std::scoped_lock lock(mutex_);
    all_free_ = true;
    let_go_.notify_all();
  }
  /// Of the calls made so far.
  [[nodiscard]] std::vector<std::size_t> sizes() {
    const std::scoped_lock lock(mutex_);
    return sizes_;
  }

 private:
  std::vector<int> hold(const std::vector<Asked>& group) {
    std::unique_lock lock(mutex_);
    sizes_.push_back(group.size());
    begun_.release();
    let_go_.wait(lock, [&] { return all_free_ || free_.contains(group.front().number); });
    return squares_of(group);
  }

  std::mutex mutex_;
  std::vector<std::size_t> sizes_;
  std::counting_semaphore<> begun_{0};
  std::condition_variable let_go_;
  std::set<int> free_;
  bool all_free_ = false;
};

TEST_F(CoalescerTest, a_request_goes_at_once_while_there_is_a_place) {
  const auto squares = make({.calls = 2, .max_wait = kForever});
  auto first = ask(*squares, 2);
  wait_for_call();
  auto second = ask(*squares, 3);
  wait_for_call();
  let_all_go();
  EXPECT_EQ(first.get(), 4);
  EXPECT_EQ(second.get(), 9);
}

TEST_F(CoalescerTest, requests_that_wait_share_the_next_call_and_get_their_own_answers) {
  const auto squares = make({.calls = 1, .max_wait = kForever});
  auto first = ask(*squares, 1);
  wait_for_call();
  auto second = ask(*squares, 2);
  auto third = ask(*squares, 3);
  let_all_go();
  EXPECT_EQ(first.get(), 1);
  EXPECT_EQ(second.get(), 4);
  EXPECT_EQ(third.get(), 9);
  EXPECT_THAT(sizes(), ElementsAre(1, 2));
}

TEST(Coalescer, the_next_call_goes_before_the_outcomes_of_the_last_are_passed_on) {
  Squares squares(
      {.calls = 1, .max_wait = kForever, .threads = 2}, 1, [](const Asked&) { return std::size_t{0}; },
      squares_of,
      [&squares](Asked asked, int square) {
        if (asked.number == 1) {
          EXPECT_EQ(ask(squares, 2).wait_for(30s), std::future_status::ready);
        }
        answer(std::move(asked), square);
      });
  EXPECT_EQ(ask(squares, 1).get(), 1);
}

TEST_F(CoalescerTest, a_slow_call_holds_nobody_up_for_longer_than_the_wait) {
  const auto squares = make({.calls = 1, .max_wait = 1ms});
  auto slow = ask(*squares, 1);
  wait_for_call();
  auto next = ask(*squares, 2);
  wait_for_call();  // though the first is still under way
  let_all_go();
  EXPECT_EQ(slow.get(), 1);
  EXPECT_EQ(next.get(), 4);
}

TEST_F(CoalescerTest, nobody_waits_without_a_wait) {
  const auto squares = make({.calls = 1, .max_wait = 0ms});
  auto slow = ask(*squares, 1);
  wait_for_call();
  auto next = ask(*squares, 2);
  wait_for_call();
  let_all_go();
  EXPECT_EQ(slow.get(), 1);
  EXPECT_EQ(next.get(), 4);
}

TEST_F(CoalescerTest, requests_of_another_kind_neither_share_nor_wait) {
  const auto squares = make({.calls = 1, .max_wait = kForever}, 2);
  auto first = ask(*squares, 1, 0);
  wait_for_call();
  auto waits = ask(*squares, 2, 0);
  auto other = ask(*squares, 3, 1);
  wait_for_call();
  let_all_go();
  EXPECT_EQ(first.get(), 1);
  EXPECT_EQ(waits.get(), 4);
  EXPECT_EQ(other.get(), 9);
  EXPECT_THAT(sizes(), ElementsAre(1, 1, 1));
}

TEST_F(CoalescerTest, who_asks_alone_neither_shares_nor_waits) {
  const auto squares = make({.calls = 1, .max_wait = kForever});
  auto first = ask(*squares, 1);
  wait_for_call();
  std::vector<std::future<int>> alone;
  for (int number = 2; number < 4; ++number) {
    Asked asked{number, 0, {}};
    alone.push_back(asked.square.get_future());
    EXPECT_TRUE(squares->ask_alone(asked));
    wait_for_call();
  }
  let_all_go();
  EXPECT_EQ(first.get(), 1);
  EXPECT_EQ(alone[0].get(), 4);
  EXPECT_EQ(alone[1].get(), 9);
  EXPECT_THAT(sizes(), ElementsAre(1, 1, 1));
}

TEST_F(CoalescerTest, a_call_takes_no_more_than_it_may) {
  const auto squares = make({.calls = 1, .max_wait = kForever, .max_requests = 2});
  auto first = ask(*squares, 1);
  wait_for_call();
  std::vector<std::future<int>> others;
  for (int number = 2; number < 7; ++number) others.push_back(ask(*squares, number));
  let_all_go();
  for (int number = 2; number < 7; ++number)
    EXPECT_EQ(others[static_cast<std::size_t>(number - 2)].get(), number * number);
  EXPECT_THAT(sizes(), ElementsAre(1, 2, 2, 1));
}

TEST_F(CoalescerTest, a_call_leaves_the_other_its_share) {
  const auto squares = make({.calls = 2, .max_wait = kForever});
  std::vector<std::future<int>> answers;
  for (int number = 1; number < 3; ++number) {
    answers.push_back(ask(*squares, number));
    wait_for_call();
  }
  for (int number = 3; number < 6; ++number) answers.push_back(ask(*squares, number));
  let_go(1);
  wait_for_call();  // for two of the four that are left
  EXPECT_EQ(squares->waiting(), 1U);
  let_all_go();
  for (int number = 1; number < 6; ++number)
    EXPECT_EQ(answers[static_cast<std::size_t>(number - 1)].get(), number * number);
  EXPECT_THAT(sizes(), ElementsAre(1, 1, 2, 1));
}

TEST_F(CoalescerTest, a_crowd_is_forgotten_after_as_many_calls) {
  const auto squares = make({.calls = 2, .max_wait = kForever});
  std::vector<std::future<int>> crowd;
  for (int number = 1; number < 7; ++number) crowd.push_back(ask(*squares, number));
  for (int number = 1; number < 7; ++number) let_go(number);
  for (auto& square : crowd) square.wait();
  for (int number = 7; number < 13; ++number) {
    let_go(number);
    ask(*squares, number).wait();
  }
  forget_calls();
  auto one = ask(*squares, 13);
  wait_for_call();
  auto other = ask(*squares, 14);
  wait_for_call();  // though one is no share of a crowd
  let_all_go();
  EXPECT_EQ(one.get(), 169);
  EXPECT_EQ(other.get(), 196);
}

TEST(Coalescer, nobody_goes_alone_while_others_get_outcomes_and_may_ask_again) {
  std::vector<std::size_t> sizes;
  std::promise<void> first_begun;
  std::promise<void> all_asked;
  std::vector<std::future<int>> again(2);
  Squares squares(
      {.calls = 1, .max_wait = kForever, .threads = 2}, 1, [](const Asked&) { return std::size_t{0}; },
      [&](const auto& group) {
        if (group.front().number == 1) {
          first_begun.set_value();
          all_asked.get_future().wait();
        }
        sizes.push_back(group.size());
        return squares_of(group);
      },
      [&](Asked asked, int square) {
        if (asked.number == 2 || asked.number == 3) {
          again[static_cast<std::size_t>(asked.number - 2)] = ask(squares, asked.number + 2);
        }
        answer(std::move(asked), square);
      });
  auto first = ask(squares, 1);
  first_begun.get_future().wait();
  auto second = ask(squares, 2);
  auto third = ask(squares, 3);
  all_asked.set_value();
  EXPECT_EQ(first.get(), 1);
  EXPECT_EQ(second.get(), 4);
  EXPECT_EQ(third.get(), 9);
  EXPECT_EQ(again[0].get(), 16);
  EXPECT_EQ(again[1].get(), 25);
  EXPECT_THAT(sizes, ElementsAre(1, 2, 2));
}

TEST_F(CoalescerTest, there_are_no_more_calls_than_threads) {
  const auto squares = make({.calls = 9, .max_wait = 0ms, .threads = 2});
  auto first = ask(*squares, 1);
  wait_for_call();
  auto second = ask(*squares, 2);
  wait_for_call();
  auto third = ask(*squares, 3);
  EXPECT_EQ(squares->waiting(), 1U);
  let_all_go();
  EXPECT_EQ(first.get(), 1);
  EXPECT_EQ(second.get(), 4);
  EXPECT_EQ(third.get(), 9);
}

TEST_F(CoalescerTest, who_comes_when_too_many_wait_keeps_its_request) {
  const auto squares = make({.calls = 1, .max_wait = kForever, .max_waiting = 1});
  auto first = ask(*squares, 1);
  wait_for_call();
  auto second = ask(*squares, 2);
  Asked third{3, 0, {}};
  auto square = third.square.get_future();
  EXPECT_FALSE(squares->ask(third));
  EXPECT_FALSE(squares->ask_alone(third));
  answer(std::move(third), 9);
  EXPECT_EQ(square.get(), 9);
  let_all_go();
  EXPECT_EQ(first.get(), 1);
  EXPECT_EQ(second.get(), 4);
}

TEST_F(CoalescerTest, stopping_waits_for_calls_and_lets_go_of_what_waits) {
  const auto squares = make({.calls = 1, .max_wait = kForever});
  auto first = ask(*squares, 1);
  wait_for_call();
  auto second = ask(*squares, 2);
  auto stopped = std::async(std::launch::async, [&squares] { squares->stop(); });
  let_all_go();
  stopped.get();
  ASSERT_EQ(first.wait_for(0s), std::future_status::ready);
  EXPECT_EQ(first.get(), 1);
  EXPECT_EQ(second.wait_for(0s), std::future_status::ready);
}

/// Of two places, one has a call that has taken two requests.
class CoalescerWithPairUnderWay : public CoalescerTest {
 protected:
  CoalescerWithPairUnderWay() {
    for (int number = 1; number < 3; ++number) {
      before_.push_back(ask(*squares_, number));
      wait_for_call();
    }
    for (int number = 3; number < 5; ++number) before_.push_back(ask(*squares_, number));
    let_go(1);
    wait_for_call();  // for the two
    let_go(2);
    before_[1].wait();
  }
  ~CoalescerWithPairUnderWay() override {
    for (int number = 1; number < 5; ++number)
      EXPECT_EQ(before_[static_cast<std::size_t>(number - 1)].get(), number * number);
  }

  std::vector<std::future<int>> before_;
  std::unique_ptr<Squares> squares_ = make({.calls = 2, .max_wait = kForever});
};

TEST_F(CoalescerWithPairUnderWay, the_next_call_goes_beside_it_once_it_is_a_share_too) {
  auto fifth = ask(*squares_, 5);
  EXPECT_EQ(squares_->waiting(), 1U);
  auto sixth = ask(*squares_, 6);
  wait_for_call();
  let_all_go();
  EXPECT_EQ(fifth.get(), 25);
  EXPECT_EQ(sixth.get(), 36);
  EXPECT_THAT(sizes(), ElementsAre(1, 1, 2, 2));
}

TEST_F(CoalescerWithPairUnderWay, whoever_waits_goes_when_it_ends) {
  auto fifth = ask(*squares_, 5);
  let_go(3);
  wait_for_call();
  let_all_go();
  EXPECT_EQ(fifth.get(), 25);
  EXPECT_THAT(sizes(), ElementsAre(1, 1, 2, 1));
}

/// With waits that run out all the time, and without any: both ends of what the timing can be.
TEST(Coalescer, many_threads_get_their_own_answers_however_long_they_wait) {
  constexpr int kThreads = 16;
  constexpr int kRequests = 500;
  for (const auto max_wait : {0ms, 1ms, 3'600'000ms}) {
    Squares squares(
        {.calls = 2, .max_wait = max_wait, .max_requests = 5}, 2,
        [](const Asked& asked) { return asked.kind; }, squares_of, answer);
    std::vector<std::future<int>> wrong;
    for (int thread = 0; thread < kThreads; ++thread) {
      wrong.push_back(std::async(std::launch::async, [&squares, thread] {
        int count = 0;
        for (int number = thread * kRequests; number < (thread + 1) * kRequests; ++number) {
          if (ask(squares, number, static_cast<std::size_t>(number % 2)).get() != number * number) ++count;
        }
        return count;
      }));
    }
    for (auto& count : wrong) EXPECT_EQ(count.get(), 0);
    EXPECT_EQ(squares.waiting(), 0U);
  }
}

TEST(Coalescer, no_more_calls_of_a_kind_are_under_way_than_told_while_nobody_loses_patience) {
  std::atomic<int> under_way = 0;
  std::atomic<bool> too_many = false;
  Squares squares(
      {.calls = 2, .max_wait = kForever, .threads = 8}, 1, [](const Asked&) { return std::size_t{0}; },
      [&](const auto& group) {
        if (++under_way > 2) too_many = true;
        std::this_thread::yield();
        --under_way;
        return squares_of(group);
      },
      answer);
  std::vector<std::future<void>> threads;
  for (int thread = 0; thread < 16; ++thread) {
    threads.push_back(std::async(std::launch::async, [&squares] {
      for (int i = 0; i < 500; ++i) static_cast<void>(ask(squares, i).get());
    }));
  }
  for (auto& thread : threads) thread.get();
  EXPECT_FALSE(too_many);
}

}  // namespace
}  // namespace common
