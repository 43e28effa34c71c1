#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace common {

struct CoalescerOptions {
  std::size_t calls = 2;                   ///< under way from which on requests wait for one to end
  std::chrono::milliseconds max_wait{10};  ///< after which a request makes a call of its own all the same
  std::size_t max_requests = 64;           ///< that one call takes
};

/// Lets requests of many threads share calls. While no call is under way a request goes at once and alone.
/// While some are, but fewer than may be, requests wait until there are as many as the largest of these took;
/// beyond that until one ends. Then one call takes along all that wait. So calls grow with the load, are of
/// about the same size, and a slow call holds up what it has taken and nothing else.
///
/// A call needs a resource, a connection say. Requests are taken only when it is there: those whose threads
/// wait for one themselves go with the first that gets one.
///
/// Any thread may call; it is the caller's thread that makes the call, there is none of our own.
template <class Request, class Answer, class Resource>
class Coalescer {
 public:
  /// May wait. What it throws reaches the one whose thread it is.
  using Acquire = std::function<Resource()>;
  /// Answers requests, in their order. What it throws reaches everyone whose request it took. Called by
  /// several threads at once.
  using Call = std::function<std::vector<Answer>(Resource&, const std::vector<const Request*>&)>;

  Coalescer(CoalescerOptions options, Acquire acquire, Call call)
      : options_(options), acquire_(std::move(acquire)), call_(std::move(call)) {}

  [[nodiscard]] Answer operator()(const Request& request) {
    Waiter self(request);
    // From here to the end nothing allocates but what the caller gave us to run, so no place is lost.
    std::unique_lock lock(mutex_);
    waiting_.splice(waiting_.end(), self.link);
    if (!may_go()) {
      lock.unlock();
      if (self.hears_within(options_.max_wait) == News::answered) return std::move(self).answer();
      lock.lock();
    }
    if (self.state == State::taken) {
      lock.unlock();
    } else {
      lead(self, lock);
    }
    self.wait_for_answer();
    return std::move(self).answer();
  }

  /// Requests that no call has taken yet.
  [[nodiscard]] std::size_t waiting() const {
    const std::scoped_lock lock(mutex_);
    return waiting_.size();
  }

 private:
  enum class State {
    waiting,   ///< in waiting_
    may_lead,  ///< in waiting_, with the place of a call that has ended
    leading,   ///< in waiting_, with a place, its thread acquiring the resource
    taken,     ///< some thread's call has it
  };
  enum class News { none, may_lead, answered };

  /// One request, on the stack of its thread. It has a mutex of its own, so that those who are answered
  /// together don't wake up to wait for each other.
  class Waiter {
   public:
    explicit Waiter(const Request& asked) : request(&asked) {}

    void may_lead() {
      const std::scoped_lock lock(mutex_);
      news_ = News::may_lead;
      heard_.notify_one();
    }
    /// The thread may be gone with `this` as soon as this returns.
    void give(std::optional<Answer> answer, std::exception_ptr error) {
      const std::scoped_lock lock(mutex_);
      answer_ = std::move(answer);
      error_ = std::move(error);
      news_ = News::answered;
      heard_.notify_one();
    }
    News hears_within(std::chrono::milliseconds limit) {
      std::unique_lock lock(mutex_);
      heard_.wait_for(lock, limit, [this] { return news_ != News::none; });
      return news_;
    }
    void wait_for_answer() {
      std::unique_lock lock(mutex_);
      heard_.wait(lock, [this] { return news_ == News::answered; });
    }
    /// Once it has been answered.
    [[nodiscard]] Answer answer() && {
      if (error_) std::rethrow_exception(error_);
      return std::move(*answer_);
    }

    const Request* const request;
    // Guarded by the Coalescer's mutex. Each list has one node, which moves from list to list.
    State state = State::waiting;
    std::list<Waiter*> link{this};
    std::list<std::size_t> size{0};  ///< of the call that it leads

   private:
    std::mutex mutex_;
    std::condition_variable heard_;
    News news_ = News::none;
    std::optional<Answer> answer_;
    std::exception_ptr error_;
  };
  using Waiters = std::list<Waiter*>;

  /// Gets the resource, makes a call for `self` and those that wait, and passes its place on. Another thread
  /// may be faster with the resource and take `self` too. Leaves `lock` unlocked.
  void lead(Waiter& self, std::unique_lock<std::mutex>& lock) {
    if (self.state == State::waiting) ++places_taken_;
    self.state = State::leading;
    lock.unlock();
    std::vector<const Request*> requests;
    std::optional<Resource> resource;
    std::exception_ptr error;
    try {
      requests.reserve(options_.max_requests);
      resource.emplace(acquire_());
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    Waiters group;
    if (self.state == State::leading) group = take(self, error ? 1 : options_.max_requests);
    const auto size = self.size.begin();
    *size = group.size();
    under_way_.splice(under_way_.end(), self.size);
    lock.unlock();
    std::vector<Answer> answers;
    if (!error && !group.empty()) {
      for (const auto* waiter : group) requests.push_back(waiter->request);
      error = run(*resource, requests, answers);
    }
    resource.reset();
    lock.lock();
    self.size.splice(self.size.end(), under_way_, size);
    pass_place_on();
    lock.unlock();
    finish(group, answers, error);
  }

  std::exception_ptr run(Resource& resource, const std::vector<const Request*>& requests,
                         std::vector<Answer>& answers) {
    try {
      answers = call_(resource, requests);
      if (answers.size() != requests.size()) throw std::logic_error("a call must answer every request");
      return nullptr;
    } catch (...) {
      return std::current_exception();
    }
  }

  /// `self`, and those that have waited longest; each is a node of the list that it waited in.
  Waiters take(Waiter& self, std::size_t most) {
    Waiters group;
    group.splice(group.end(), waiting_, std::find(waiting_.begin(), waiting_.end(), &self));
    while (!waiting_.empty() && group.size() < most) group.splice(group.end(), waiting_, waiting_.begin());
    for (auto* waiter : group) {
      if (waiter->state == State::may_lead) --places_taken_;  // its thread has not begun
      waiter->state = State::taken;
    }
    return group;
  }

  void finish(Waiters& group, std::vector<Answer>& answers, const std::exception_ptr& error) {
    auto answer = answers.begin();
    for (auto* waiter : group) {
      if (error) {
        waiter->give(std::nullopt, error);
      } else {
        waiter->give(std::move(*answer++), nullptr);
      }
    }
  }

  [[nodiscard]] bool may_go() const {
    if (places_taken_ >= options_.calls) return false;
    return std::all_of(under_way_.begin(), under_way_.end(),
                       [this](std::size_t size) { return waiting_.size() >= size; });
  }

  void pass_place_on() {
    --places_taken_;
    if (!may_go()) return;
    const auto next = std::find_if(waiting_.begin(), waiting_.end(),
                                   [](const auto* waiter) { return waiter->state == State::waiting; });
    if (next == waiting_.end()) return;
    ++places_taken_;
    (*next)->state = State::may_lead;
    (*next)->may_lead();
  }

  const CoalescerOptions options_;
  const Acquire acquire_;
  const Call call_;
  mutable std::mutex mutex_;
  std::size_t places_taken_ = 0;      ///< threads that lead, and waiters that may
  Waiters waiting_;                   ///< that no call has taken; first come, first served
  std::list<std::size_t> under_way_;  ///< requests that each call took
};

}  // namespace common
