#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace common {

struct CoalescerOptions {
  std::size_t calls = 2;                   ///< of a kind under way, among which requests are shared out
  std::chrono::milliseconds max_wait{10};  ///< after which a request makes a call of its own all the same
  std::size_t max_requests = 64;           ///< that one call takes
  std::size_t threads = 4;                 ///< calls under way at most, whatever their kinds
  std::size_t max_waiting = 1000;  ///< requests that no call has taken yet; beyond that none is taken in
};

/// Lets requests of a kind share calls, which threads of our own make. A request that finds nobody else of
/// its kind goes at once and alone. Otherwise a call takes a share: as many as were here at once lately,
/// divided by the calls that there may be. Requests wait until they are a share, and no longer than until the
/// calls under way have passed their outcomes on, which is what brings further requests. So calls grow with
/// the load and are of about the same size. As long as there are threads, a slow call holds up what it has
/// taken and nothing else. A call is over when it has its outcomes: the next one may go before they are
/// passed on.
///
/// Any thread may ask, and none waits.
template <class Request, class Outcome>
class Coalescer {
 public:
  /// From 0 up, below the number of kinds.
  using Kind = std::function<std::size_t(const Request&)>;
  /// Sees to requests of a kind, in the order they were asked, which it may change: an outcome for each.
  /// Several threads call it at once. Must not throw.
  using Call = std::function<std::vector<Outcome>(std::vector<Request>&)>;
  /// Passes an outcome on, and may take both apart. Several threads call it at once. Must not throw.
  using Settle = std::function<void(Request&&, Outcome&&)>;

  Coalescer(CoalescerOptions options, std::size_t kinds, Kind kind_of, Call call, Settle settle)
      : options_(options),
        kind_of_(std::move(kind_of)),
        call_(std::move(call)),
        settle_(std::move(settle)),
        queues_(kinds + 1) {
    for (std::size_t i = 0; i < options_.threads; ++i)
      threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
    if (options_.max_wait > std::chrono::milliseconds(0))
      threads_.emplace_back([this](const std::stop_token& stop) { watch(stop); });
  }

  /// False, with `request` left as it is, when too many wait.
  [[nodiscard]] bool ask(Request& request) { return enter(queues_[kind_of_(request)], request); }
  /// As soon as a thread is free, and with no other.
  [[nodiscard]] bool ask_alone(Request& request) { return enter(queues_.back(), request); }

  /// Waits until the calls under way have passed their outcomes on, and ends the threads; requests that wait
  /// are destroyed. Nobody may ask afterwards.
  void stop() {
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();
    for (auto& queue : queues_) queue.waiting.clear();
  }

  /// Requests that no call has taken yet.
  [[nodiscard]] std::size_t waiting() const {
    const std::scoped_lock lock(mutex_);
    return waiting_;
  }

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Request request;
    Clock::time_point since;
  };
  struct Queue {
    std::deque<Waiting> waiting;  ///< first come, first served
    std::size_t calls = 0;        ///< under way
    std::size_t called = 0;       ///< requests that these took
    std::size_t passing_on = 0;   ///< calls that are over and pass their outcomes on, to who may ask again
    /// Most that waited or were called when a call began; each call forgets one.
    std::size_t here_lately = 0;
  };

  /// A thread without work.
  struct Sleeper {
    std::condition_variable_any called;
    bool is_called = false;
  };

  bool enter(Queue& queue, Request& request) {
    const std::scoped_lock lock(mutex_);
    if (waiting_ >= options_.max_waiting) return false;
    queue.waiting.push_back({std::move(request), Clock::now()});
    ++waiting_;
    if (may_go(queue)) wake_one();
    return true;
  }

  /// One at a time: it wakes the next if there is more to do. The last that fell asleep, whose memory is
  /// warm.
  void wake_one() {
    if (is_waking_ || asleep_.empty()) return;
    auto* sleeper = asleep_.back();
    asleep_.pop_back();
    is_waking_ = true;
    sleeper->is_called = true;
    sleeper->called.notify_one();
  }

  /// Until called, or told to stop.
  void sleep(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
    Sleeper self;
    asleep_.push_back(&self);
    if (self.called.wait(lock, stop, [&self] { return self.is_called; })) {
      is_waking_ = false;
    } else {
      std::erase(asleep_, &self);
    }
  }

  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      auto* queue = next();
      if (queue == nullptr) {
        sleep(lock, stop);
        continue;
      }
      auto group = take(*queue);
      if (++at_work_ == 1) busy_.notify_one();
      if (next() != nullptr) wake_one();
      lock.unlock();
      auto outcomes = call_(group);
      lock.lock();
      --queue->calls;
      queue->called -= group.size();
      ++queue->passing_on;
      if (next() != nullptr) wake_one();
      lock.unlock();
      for (std::size_t i = 0; i < group.size(); ++i) settle_(std::move(group[i]), std::move(outcomes[i]));
      lock.lock();
      --queue->passing_on;
      --at_work_;
    }
  }

  /// Patience runs out without anybody asking or a call ending, so somebody must look at the clock.
  void watch(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (busy_.wait(lock, stop, [this] { return at_work_ > 0; }) && !stop.stop_requested()) {
      auto due = Clock::now() + options_.max_wait;
      for (const auto& queue : queues_) {
        // While all threads have work nobody can be called: the first that is done looks for itself.
        if (asleep_.empty() || queue.waiting.empty()) continue;
        due = std::min(due, queue.waiting.front().since + options_.max_wait);
      }
      tick_.wait_until(lock, stop, due, [] { return false; });
      if (next() != nullptr) wake_one();
    }
  }

  /// Of the queues that may send a call the one that has waited longest; null when there is none.
  [[nodiscard]] Queue* next() {
    Queue* longest = nullptr;
    for (auto& queue : queues_) {
      if (!may_go(queue)) continue;
      if (longest == nullptr || queue.waiting.front().since < longest->waiting.front().since)
        longest = &queue;
    }
    return longest;
  }

  /// The queue of those who go alone.
  [[nodiscard]] bool is_one_by_one(const Queue& queue) const { return &queue == &queues_.back(); }

  [[nodiscard]] bool may_go(const Queue& queue) const {
    if (queue.waiting.empty()) return false;
    if (is_one_by_one(queue)) return true;
    const bool is_quiet = queue.calls + queue.passing_on == 0;
    const bool has_company = queue.calls < options_.calls && queue.waiting.size() >= share_of(queue);
    return is_quiet || has_company || Clock::now() - queue.waiting.front().since >= options_.max_wait;
  }

  [[nodiscard]] std::size_t share_of(const Queue& queue) const {
    if (is_one_by_one(queue)) return 1;
    const auto share = (queue.here_lately + options_.calls - 1) / options_.calls;
    return std::min(share, options_.max_requests);
  }

  /// Begins a call with a share of those who wait.
  std::vector<Request> take(Queue& queue) {
    const auto here = queue.waiting.size() + queue.called;
    queue.here_lately = here < queue.here_lately ? queue.here_lately - 1 : here;
    std::vector<Request> group;
    const auto size = std::min(queue.waiting.size(), share_of(queue));
    group.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
      group.push_back(std::move(queue.waiting.front().request));
      queue.waiting.pop_front();
    }
    waiting_ -= size;
    ++queue.calls;
    queue.called += size;
    return group;
  }

  const CoalescerOptions options_;
  const Kind kind_of_;
  const Call call_;
  const Settle settle_;
  mutable std::mutex mutex_;
  std::vector<Sleeper*> asleep_;
  bool is_waking_ = false;             ///< one of those that were asleep is on its way
  std::condition_variable_any busy_;   ///< a thread is at work
  std::condition_variable_any tick_;   ///< only ever times out
  std::vector<Queue> queues_;          ///< by kind, then that of those who go alone
  std::size_t waiting_ = 0;            ///< requests in all queues
  std::size_t at_work_ = 0;            ///< threads that make a call or pass its outcomes on
  std::vector<std::jthread> threads_;  ///< last, so that they end before what they use
};

}  // namespace common
