#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

namespace common {

struct CoalescerOptions {
  std::size_t calls = 2;                  ///< under way at once before requests begin to wait for each other
  std::chrono::milliseconds max_wait{2};  ///< after which a request no longer waits for a call to end
  std::size_t max_requests = 64;          ///< that one call takes
};

/// Lets requests of many threads share calls. While few calls are under way a request goes at once and alone;
/// beyond that it waits until one of them ends, and the next call takes along all that wait then. So calls
/// grow with the load, and a request is not held up by a slow call for longer than max_wait.
///
/// Any thread may call; each runs calls on its own stack, there is no thread of the coalescer's own.
template <class Request, class Answer>
class Coalescer {
 public:
  /// Answers requests, in their order. What it throws reaches everyone whose request it took. Called by
  /// several threads at once.
  using Call = std::function<std::vector<Answer>(const std::vector<const Request*>&)>;

  Coalescer(CoalescerOptions options, Call call) : options_(options), call_(std::move(call)) {}

  [[nodiscard]] Answer operator()(const Request& request) {
    Waiter self{.request = &request};
    std::unique_lock lock(mutex_);
    waiting_.push_back(&self);
    if (calls_ >= options_.calls) {
      self.changed.wait_for(lock, options_.max_wait, [&] { return self.leads || self.taken; });
    }
    if (!self.taken) {
      if (!self.leads) ++calls_;
      lead(self, lock);
    }
    self.changed.wait(lock, [&] { return self.done; });
    if (self.error) std::rethrow_exception(self.error);
    return std::move(self.answer);
  }

  /// Requests that nobody's call has yet.
  [[nodiscard]] std::size_t waiting() const {
    const std::scoped_lock lock(mutex_);
    return waiting_.size();
  }

 private:
  /// One request, on the stack of its thread. Everything in it is guarded by mutex_.
  struct Waiter {
    const Request* request;
    std::condition_variable changed{};
    bool leads = false;  ///< may make the next call, in the place of one that has ended
    bool taken = false;  ///< another thread's call has it
    bool done = false;
    Answer answer{};
    std::exception_ptr error{};
  };

  /// Makes one call for `self` and others that wait, then passes its place on.
  void lead(Waiter& self, std::unique_lock<std::mutex>& lock) {
    const auto group = take_group(self);
    std::vector<const Request*> requests;
    requests.reserve(group.size());
    for (const auto* waiter : group) requests.push_back(waiter->request);
    lock.unlock();
    std::vector<Answer> answers;
    std::exception_ptr error;
    try {
      answers = call_(requests);
      if (answers.size() != group.size()) throw std::logic_error("a call must answer every request");
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (!error) group[i]->answer = std::move(answers[i]);
      group[i]->error = error;
      group[i]->done = true;
      group[i]->changed.notify_one();
    }
    pass_place_on();
  }

  /// `self`, and those that have waited longest.
  std::vector<Waiter*> take_group(Waiter& self) {
    std::vector<Waiter*> group{&self};
    std::erase(waiting_, &self);
    while (!waiting_.empty() && group.size() < options_.max_requests) {
      auto* waiter = waiting_.front();
      waiting_.pop_front();
      waiter->taken = true;
      if (waiter->leads) --calls_;  // it was told to make a call and has not begun
      group.push_back(waiter);
    }
    return group;
  }

  void pass_place_on() {
    const auto next =
        std::find_if(waiting_.begin(), waiting_.end(), [](auto* waiter) { return !waiter->leads; });
    if (next == waiting_.end() || calls_ > options_.calls) {
      --calls_;
      return;
    }
    (*next)->leads = true;
    (*next)->changed.notify_one();
  }

  const CoalescerOptions options_;
  const Call call_;
  mutable std::mutex mutex_;
  std::size_t calls_ = 0;        ///< under way, or about to be
  std::deque<Waiter*> waiting_;  ///< nobody's call has them; first come, first served
};

}  // namespace common
