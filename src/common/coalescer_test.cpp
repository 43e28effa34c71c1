#include "common/coalescer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <semaphore>
#include <string>
#include <thread>

namespace common {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr auto kForever = 1h;

/// Calls that stay under way until they are let go; each answers a number with its square.
class HeldCalls {
 public:
  std::vector<int> operator()(int /*resource*/, const std::vector<const int*>& requests) {
    std::vector<int> answers;
    {
      const std::scoped_lock lock(mutex_);
      sizes_.push_back(requests.size());
    }
    for (const auto* request : requests) answers.push_back(*request * *request);
    begun_.release();
    let_go_.acquire();
    if (fail_) throw std::runtime_error("the call failed");
    return answers;
  }

  void wait_for_call() { begun_.acquire(); }
  void let_go(int calls = 1) { let_go_.release(calls); }
  void fail() { fail_ = true; }
  [[nodiscard]] std::vector<std::size_t> sizes() {
    const std::scoped_lock lock(mutex_);
    return sizes_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::size_t> sizes_;
  std::counting_semaphore<> begun_{0};
  std::counting_semaphore<> let_go_{0};
  std::atomic<bool> fail_ = false;
};

class CoalescerTest : public ::testing::Test {
 protected:
  using Squares = Coalescer<int, int, int>;

  std::future<int> ask(Squares& squares, int number) {
    const auto asked = squares.waiting() + 1;
    auto answer = std::async(std::launch::async, [&squares, number] { return squares(number); });
    if (under_way_) {
      while (squares.waiting() < asked) std::this_thread::yield();
    }
    return answer;
  }
  /// Fills the only place with a call; what is asked afterwards waits.
  std::future<int> occupy(Squares& squares) {
    auto answer = ask(squares, 1);
    calls_.wait_for_call();
    under_way_ = true;
    return answer;
  }
  [[nodiscard]] Squares make(
      CoalescerOptions options, Squares::Acquire acquire = [] { return 0; }) {
    return {options, std::move(acquire), [this](int, const auto& requests) { return calls_(0, requests); }};
  }

  HeldCalls calls_;
  bool under_way_ = false;
};

TEST_F(CoalescerTest, a_request_goes_at_once_while_there_is_a_place) {
  auto squares = make({.calls = 2, .max_wait = kForever});
  auto first = ask(squares, 2);
  calls_.wait_for_call();
  auto second = ask(squares, 3);
  calls_.wait_for_call();
  calls_.let_go(2);
  EXPECT_EQ(first.get(), 4);
  EXPECT_EQ(second.get(), 9);
}

TEST_F(CoalescerTest, requests_that_wait_share_the_next_call_and_get_their_own_answers) {
  auto squares = make({.calls = 1, .max_wait = kForever});
  auto first = occupy(squares);
  auto second = ask(squares, 2);
  auto third = ask(squares, 3);
  calls_.let_go(2);
  EXPECT_EQ(first.get(), 1);
  EXPECT_EQ(second.get(), 4);
  EXPECT_EQ(third.get(), 9);
  EXPECT_THAT(calls_.sizes(), ElementsAre(1, 2));
}

TEST_F(CoalescerTest, a_slow_call_holds_nobody_up_for_longer_than_the_wait) {
  auto squares = make({.calls = 1, .max_wait = 1ms});
  auto slow = ask(squares, 1);
  calls_.wait_for_call();
  auto next = ask(squares, 2);
  calls_.wait_for_call();  // though the first is still under way
  calls_.let_go(2);
  EXPECT_EQ(slow.get(), 1);
  EXPECT_EQ(next.get(), 4);
}

TEST_F(CoalescerTest, a_call_takes_no_more_than_its_share) {
  auto squares = make({.calls = 1, .max_wait = kForever, .max_requests = 2});
  auto first = occupy(squares);
  std::vector<std::future<int>> others;
  for (int number = 2; number < 7; ++number) others.push_back(ask(squares, number));
  calls_.let_go(4);
  for (int number = 2; number < 7; ++number) EXPECT_EQ(others[number - 2].get(), number * number);
  EXPECT_THAT(calls_.sizes(), ElementsAre(1, 2, 2, 1));
}

TEST_F(CoalescerTest, a_failure_reaches_all_of_its_call_and_no_other) {
  auto squares = make({.calls = 1, .max_wait = kForever});
  auto first = occupy(squares);
  auto second = ask(squares, 2);
  auto third = ask(squares, 3);
  calls_.let_go();
  EXPECT_EQ(first.get(), 1);
  calls_.wait_for_call();
  calls_.fail();
  calls_.let_go();
  EXPECT_THROW((void)second.get(), std::runtime_error);
  EXPECT_THROW((void)third.get(), std::runtime_error);
}

TEST_F(CoalescerTest, a_call_that_leaves_somebody_without_an_answer_is_a_failure) {
  Squares squares(
      {}, [] { return 0; }, [](int, const auto&) { return std::vector<int>{}; });
  EXPECT_THROW((void)squares(1), std::logic_error);
}

TEST_F(CoalescerTest, whatever_is_thrown_arrives_and_gives_the_place_back) {
  Squares squares(
      {.calls = 1, .max_wait = kForever}, [] { return 0; },
      [](int, const auto&) -> std::vector<int> { throw 7; });
  for (int i = 0; i < 3; ++i) EXPECT_THROW((void)squares(1), int);
}

TEST_F(CoalescerTest, who_gets_no_resource_fails_alone_and_gives_the_place_back) {
  std::atomic<bool> away = true;
  auto squares = make({.calls = 1, .max_wait = kForever}, [&] {
    if (away) throw std::runtime_error("away");
    return 0;
  });
  for (int i = 0; i < 3; ++i) EXPECT_THROW((void)squares(1), std::runtime_error);
  away = false;
  auto answer = ask(squares, 3);
  calls_.let_go();
  EXPECT_EQ(answer.get(), 9);
}

TEST_F(CoalescerTest, who_waits_for_a_resource_goes_with_the_first_that_gets_one) {
  std::counting_semaphore<> resources{0};
  auto squares = make({.calls = 3, .max_wait = 0ms}, [&] {
    resources.acquire();
    return 0;
  });
  std::vector<std::future<int>> answers;
  for (int number = 0; number < 3; ++number) {
    answers.push_back(std::async(std::launch::async, [&squares, number] { return squares(number); }));
  }
  while (squares.waiting() < 3) std::this_thread::yield();
  calls_.let_go();
  resources.release();
  calls_.wait_for_call();
  resources.release(2);
  for (int number = 0; number < 3; ++number)
    EXPECT_EQ(answers[static_cast<std::size_t>(number)].get(), number * number);
  EXPECT_THAT(calls_.sizes(), ElementsAre(3));
}

/// Calls of two places whose first has taken two requests, since they waited for their resource together.
class CoalescerWithPairUnderWay : public CoalescerTest {
 protected:
  CoalescerWithPairUnderWay() {
    pair_.push_back(ask(squares_, 1));
    pair_.push_back(ask(squares_, 2));
    while (squares_.waiting() < 2) std::this_thread::yield();
    resources_.release(100);
    calls_.wait_for_call();
  }
  ~CoalescerWithPairUnderWay() override {
    EXPECT_EQ(pair_[0].get(), 1);
    EXPECT_EQ(pair_[1].get(), 4);
  }

  /// Returns when it waits, or has gone.
  std::future<int> ask_beside(int number) {
    auto answer = std::async(std::launch::async, [this, number] { return squares_(number); });
    while (squares_.waiting() == 0 && calls_.sizes().size() < 2) std::this_thread::yield();
    return answer;
  }

  std::counting_semaphore<> resources_{0};
  Squares squares_ = make({.calls = 2, .max_wait = kForever}, [this] {
    resources_.acquire();
    return 0;
  });
  std::vector<std::future<int>> pair_;
};

TEST_F(CoalescerWithPairUnderWay, the_next_call_goes_beside_it_once_it_is_as_large) {
  auto third = ask_beside(3);
  EXPECT_THAT(calls_.sizes(), ElementsAre(2));
  auto fourth = ask_beside(4);
  calls_.wait_for_call();
  EXPECT_THAT(calls_.sizes(), ElementsAre(2, 2));
  calls_.let_go(3);  // one more than that, for whoever went alone
  EXPECT_EQ(third.get(), 9);
  EXPECT_EQ(fourth.get(), 16);
}

TEST_F(CoalescerWithPairUnderWay, whoever_waits_goes_when_it_ends) {
  auto third = ask_beside(3);
  calls_.let_go();
  calls_.wait_for_call();
  EXPECT_THAT(calls_.sizes(), ElementsAre(2, 1));
  calls_.let_go();
  EXPECT_EQ(third.get(), 9);
}

/// With waits that run out all the time, and without any: both ends of what the timing can be.
TEST(Coalescer, many_threads_get_their_own_answers_however_long_they_wait) {
  constexpr int kThreads = 16;
  constexpr int kRequests = 500;
  for (const auto max_wait : {0ms, 1ms, 3'600'000ms}) {
    Coalescer<int, int, int> squares(
        {.calls = 2, .max_wait = max_wait, .max_requests = 5}, [] { return 0; },
        [](int, const auto& requests) {
          std::vector<int> answers;
          for (const auto* request : requests) answers.push_back(*request * *request);
          std::this_thread::yield();
          return answers;
        });
    std::vector<std::future<int>> wrong;
    for (int thread = 0; thread < kThreads; ++thread) {
      wrong.push_back(std::async(std::launch::async, [&squares, thread] {
        int count = 0;
        for (int number = thread * kRequests; number < (thread + 1) * kRequests; ++number) {
          if (squares(number) != number * number) ++count;
        }
        return count;
      }));
    }
    for (auto& count : wrong) EXPECT_EQ(count.get(), 0);
    EXPECT_EQ(squares.waiting(), 0U);
  }
}

TEST(Coalescer, no_more_calls_are_under_way_than_told_while_nobody_loses_patience) {
  std::atomic<int> under_way = 0;
  std::atomic<bool> too_many = false;
  Coalescer<int, int, int> squares(
      {.calls = 2, .max_wait = kForever}, [] { return 0; },
      [&](int, const auto& requests) {
        if (++under_way > 2) too_many = true;
        std::this_thread::yield();
        --under_way;
        return std::vector<int>(requests.size(), 0);
      });
  std::vector<std::future<void>> threads;
  for (int thread = 0; thread < 16; ++thread) {
    threads.push_back(std::async(std::launch::async, [&squares] {
      for (int i = 0; i < 500; ++i) static_cast<void>(squares(i));
    }));
  }
  for (auto& thread : threads) thread.get();
  EXPECT_FALSE(too_many);
}

}  // namespace
}  // namespace common
