#include "common/answer_timeout.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "common/stop_signals.hpp"

namespace common {
namespace {

using namespace std::chrono_literals;

/// The two ends of a connection.
struct Ends {
  Ends() {
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) throw std::runtime_error("socketpair");
  }
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;
  ~Ends() {
    for (const int end : ends) ::close(end);
  }
  [[nodiscard]] int near() const { return ends[0]; }
  void answer() const { EXPECT_EQ(::send(ends[1], "x", 1, 0), 1); }

  std::array<int, 2> ends{};
};

/// As libpq does: waits for ever, and takes the end of the connection for a fault.
char receive(int socket) {
  char byte = 0;
  if (::recv(socket, &byte, 1, 0) != 1) throw std::runtime_error("connection lost");
  return byte;
}

TEST(AnswerTimeout, what_never_answers_is_given_up) {
  AnswerTimeout timeout(10ms);
  const Ends ends;
  EXPECT_THROW((void)timeout.within(ends.near(), [&] { return receive(ends.near()); }), NoAnswer);
}

TEST(AnswerTimeout, an_answer_in_time_is_passed_on) {
  AnswerTimeout timeout(1min);
  const Ends ends;
  ends.answer();
  EXPECT_EQ(timeout.within(ends.near(), [&] { return receive(ends.near()); }), 'x');
}

TEST(AnswerTimeout, a_fault_in_time_stays_what_it_is) {
  AnswerTimeout timeout(1min);
  const Ends ends;
  EXPECT_THROW(timeout.within(ends.near(), [] { throw std::logic_error("other"); }), std::logic_error);
}

TEST(AnswerTimeout, a_socket_that_nobody_waits_on_any_more_is_left_alone) {
  AnswerTimeout timeout(10ms);
  const Ends answered;
  const Ends silent;
  answered.answer();
  EXPECT_EQ(timeout.within(answered.near(), [&] { return receive(answered.near()); }), 'x');
  EXPECT_THROW((void)timeout.within(silent.near(), [&] { return receive(silent.near()); }), NoAnswer);
  answered.answer();
  EXPECT_EQ(receive(answered.near()), 'x');
}

TEST(AnswerTimeout, leaves_signals_to_who_waits_for_them) {
  AnswerTimeout timeout(1min);
  StopSignals signals;
  ASSERT_EQ(::kill(::getpid(), SIGTERM), 0);
  EXPECT_TRUE(signals.wait_until(std::chrono::steady_clock::now() + 1min));
}

}  // namespace
}  // namespace common
