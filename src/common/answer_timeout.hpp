#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

namespace common {

/// The other end did not answer in time; the socket is shut down.
class NoAnswer : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Bounds the wait for an answer in a library that would wait for ever. A database process that is frozen
/// keeps no timeout of its own, and its kernel goes on acknowledging, so that neither keepalives nor
/// tcp_user_timeout end the connection. Here a thread shuts the socket down, and the library finds its
/// connection lost. Any thread.
class AnswerTimeout {
 public:
  explicit AnswerTimeout(std::chrono::milliseconds timeout);

  /// Runs `call`, which waits on `socket` and must not close it. Throws what it throws, or NoAnswer instead
  /// when the time was over.
  template <class Call>
  auto within(int socket, Call&& call) {
    const Wait wait(*this, socket);
    try {
      return std::forward<Call>(call)();
    } catch (...) {
      if (wait.is_over()) throw NoAnswer(text_);
      throw;
    }
  }

 private:
  struct Entry {
    int socket;
    std::chrono::steady_clock::time_point deadline;
    bool is_over = false;
  };

  /// While it lives the socket is watched; afterwards the descriptor may be another's.
  class Wait {
   public:
    Wait(AnswerTimeout& owner, int socket);
    ~Wait();
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;
    [[nodiscard]] bool is_over() const;

   private:
    AnswerTimeout& owner_;
    std::list<Entry>::iterator entry_;
  };

  [[nodiscard]] std::jthread start();
  void run(const std::stop_token& stop);
  void end_overdue();  // needs mutex_

  const std::chrono::milliseconds timeout_;
  const std::string text_;
  mutable std::mutex mutex_;
  std::condition_variable_any stop_asked_;
  std::list<Entry> waiting_;  ///< by deadline, since all have the same timeout
  std::list<Entry> overdue_;
  std::jthread thread_;  ///< last, so that it ends before what it uses
};

}  // namespace common
