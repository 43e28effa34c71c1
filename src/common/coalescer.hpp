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
  std::size_t calls = 2;                  ///< under way from which on requests wait for each other
  std::chrono::milliseconds max_wait{2};  ///< after which a request makes a call of its own all the same
  std::size_t max_requests = 64;          ///< that one call takes
};

/// Lets requests of many threads share calls. While few calls are under way a request goes at once and alone;
/// beyond that it waits until one of them ends, and the next call takes along all that wait then. So calls
/// grow with the load, and a slow call holds up what it has taken and nothing else.
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
    std::vector<const Request*> requests;
    requests.reserve(options_.max_requests);
    // From here to the end nothing allocates but what the caller gave us to run, so no place is lost.
    std::unique_lock lock(mutex_);
    waiting_.splice(waiting_.end(), self.link);
    if (places_taken_ >= options_.calls) {
      self.changed.wait_for(lock, options_.max_wait, [&] { return self.state != State::waiting; });
    }
    if (self.state == State::waiting || self.state == State::may_lead) lead(self, requests, lock);
    self.changed.wait(lock, [&] { return self.state == State::done; });
    if (self.error) std::rethrow_exception(self.error);
    return std::move(*self.answer);
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
    done,      ///< answer or error is there
  };

  /// One request, on the stack of its thread. All but `request` is guarded by mutex_.
  struct Waiter {
    explicit Waiter(const Request& asked) : request(&asked), link{this} {}
    const Request* request;
    std::list<Waiter*> link;  ///< one node, which moves from list to list
    std::condition_variable changed;
    State state = State::waiting;
    std::optional<Answer> answer;
    std::exception_ptr error;
  };
  using Waiters = std::list<Waiter*>;

  /// Gets the resource, makes a call for `self` and those that wait, and passes its place on. Another thread
  /// may be faster with the resource and take `self` too.
  void lead(Waiter& self, std::vector<const Request*>& requests, std::unique_lock<std::mutex>& lock) {
    if (self.state == State::waiting) ++places_taken_;
    self.state = State::leading;
    lock.unlock();
    std::optional<Resource> resource;
    std::exception_ptr error;
    try {
      resource.emplace(acquire_());
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    Waiters group;
    if (self.state == State::leading) group = take(self, error ? 1 : options_.max_requests);
    for (const auto* waiter : group) requests.push_back(waiter->request);
    lock.unlock();
    std::vector<Answer> answers;
    if (!error && !requests.empty()) error = run(*resource, requests, answers);
    resource.reset();
    lock.lock();
    finish(group, answers, error);
    pass_place_on();
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
      if (!error) waiter->answer.emplace(std::move(*answer++));
      waiter->error = error;
      waiter->state = State::done;
      waiter->changed.notify_one();
    }
  }

  void pass_place_on() {
    --places_taken_;
    for (auto* waiter : waiting_) {
      if (places_taken_ >= options_.calls) return;
      if (waiter->state != State::waiting) continue;
      ++places_taken_;
      waiter->state = State::may_lead;
      waiter->changed.notify_one();
    }
  }

  const CoalescerOptions options_;
  const Acquire acquire_;
  const Call call_;
  mutable std::mutex mutex_;
  std::size_t places_taken_ = 0;  ///< threads that lead, and waiters that may
  Waiters waiting_;               ///< that no call has taken; first come, first served
};

}  // namespace common
