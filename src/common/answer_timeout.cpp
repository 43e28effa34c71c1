#include "common/answer_timeout.hpp"

#include <pthread.h>
#include <sys/socket.h>

#include <csignal>
#include <string>

namespace common {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// How late an overdue wait is noticed, at most. Waking now and then costs less than a wake-up for each wait.
constexpr milliseconds kCheckInterval{50};

}  // namespace

AnswerTimeout::AnswerTimeout(milliseconds timeout)
    : timeout_(timeout),
      text_("no answer within " + std::to_string(timeout.count()) + " ms"),
      thread_(start()) {}

AnswerTimeout::Wait::Wait(AnswerTimeout& owner, int socket) : owner_(owner) {
  std::list<Entry> entry{{socket, steady_clock::time_point{}}};
  entry_ = entry.begin();
  const std::scoped_lock lock(owner_.mutex_);
  entry_->deadline = steady_clock::now() + owner_.timeout_;  // under the lock, so that the list stays sorted
  owner_.waiting_.splice(owner_.waiting_.end(), entry);
}

AnswerTimeout::Wait::~Wait() {
  const std::scoped_lock lock(owner_.mutex_);
  (entry_->is_over ? owner_.overdue_ : owner_.waiting_).erase(entry_);
}

bool AnswerTimeout::Wait::is_over() const {
  const std::scoped_lock lock(owner_.mutex_);
  return entry_->is_over;
}

/// Signals are for who waits for them (StopSignals): a thread that began before would take one, and the
/// process would die of it.
std::jthread AnswerTimeout::start() {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  std::jthread thread([this](const std::stop_token& stop) { run(stop); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

void AnswerTimeout::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop_asked_.wait_for(lock, stop, kCheckInterval, [&] { return stop.stop_requested(); }))
    end_overdue();
}

void AnswerTimeout::end_overdue() {
  const auto now = steady_clock::now();
  while (!waiting_.empty() && waiting_.front().deadline <= now) {
    waiting_.front().is_over = true;
    ::shutdown(waiting_.front().socket, SHUT_RDWR);
    overdue_.splice(overdue_.end(), waiting_, waiting_.begin());
  }
}

}  // namespace common
