// Real sockets on loopback: what only the server as a whole can get wrong.
#include "common/http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace common::http {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// A blocking client of a few lines; every read ends after 5 s at the latest.
class Client {
 public:
  explicit Client(std::uint16_t port, const char* host = "127.0.0.1") {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* address = nullptr;
    if (::getaddrinfo(host, std::to_string(port).c_str(), &hints, &address) != 0)
      throw std::runtime_error("no address");
    fd_ = ::socket(address->ai_family, address->ai_socktype, 0);
    const timeval timeout{5, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    const bool is_connected = ::connect(fd_, address->ai_addr, address->ai_addrlen) == 0;
    ::freeaddrinfo(address);
    if (!is_connected) throw std::system_error(errno, std::generic_category(), "connect");
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(fd_); }

  /// False when the server has closed already: what it said can still be read.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// The server sees the end of the requests.
  void finish() const { ::shutdown(fd_, SHUT_WR); }

  /// Closes with RST, so that the answer meets a dead connection at once.
  void abort() const {
    const linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }

  void wait_for_bytes() const {
    char byte = 0;
    EXPECT_EQ(::recv(fd_, &byte, 1, MSG_PEEK), 1);
  }

  /// All up to the end of the connection.
  std::string read_to_end() {
    while (fill()) {
    }
    return std::exchange(buffer_, {});
  }

  /// One answer with its body, by its Content-Length.
  std::string read_answer(bool with_body = true) {
    std::size_t head_end = std::string::npos;
    while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return std::exchange(buffer_, {});
    }
    auto end = head_end + 4;
    const auto length = buffer_.find("Content-Length: ");
    if (with_body && length < head_end) end += std::stoul(buffer_.substr(length + 16));
    while (buffer_.size() < end && fill()) {
    }
    auto answer = buffer_.substr(0, end);
    buffer_.erase(0, answer.size());
    return answer;
  }

 private:
  bool fill() {
    std::array<char, 4096> bytes{};
    const auto received = ::recv(fd_, bytes.data(), bytes.size(), 0);
    EXPECT_FALSE(received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "nothing came for 5 s";
    if (received > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(received));
    return received > 0;
  }

  int fd_ = -1;
  std::string buffer_;
};

/// Requests whose answers come from another thread, when the test says so or as soon as that thread gets to
/// them.
class Later {
 public:
  void keep(Response response, Respond respond) {
    const std::scoped_lock lock(mutex_);
    kept_.push_back([response = std::move(response), respond = std::move(respond)] { respond(response); });
    has_some_.notify_one();
  }
  void wait_for(std::size_t requests) {
    std::unique_lock lock(mutex_);
    await(lock, requests);
  }
  /// Waits for a request, and answers it.
  void answer_one() { take()(); }
  /// Waits for a request, which goes without an answer.
  void drop_one() { (void)take(); }
  void answer_until(const std::atomic<bool>& done) {
    while (!done) answer_one();
  }

 private:
  void await(std::unique_lock<std::mutex>& lock, std::size_t requests) {
    if (!has_some_.wait_for(lock, 60s, [&] { return kept_.size() >= requests; }))
      throw std::runtime_error("no request came");
  }
  std::function<void()> take() {
    std::unique_lock lock(mutex_);
    await(lock, 1);
    auto answer = std::move(kept_.front());
    kept_.pop_front();
    return answer;
  }

  std::mutex mutex_;
  std::condition_variable has_some_;
  std::deque<std::function<void()>> kept_;
};

bool can_connect(std::uint16_t port) {
  try {
    const Client client(port);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

Response echo_of(const Request& request) {
  if (request.path == "/throw") throw std::runtime_error("select secret");
  if (request.path == "/throw-int") throw 42;
  if (request.path == "/inject")
    return {.status = 200, .content_type = {}, .body = {}, .headers = {{"X", "a\r\nY: b"}}};
  if (request.path == "/may-wait")
    return {.status = request.may_wait ? 200 : 503, .content_type = {}, .body = {}, .headers = {}};
  if (request.path == "/large")
    return {.status = 200, .content_type = "text/plain", .body = std::string(16 << 20, 'x'), .headers = {}};
  return {.status = 200,
          .content_type = "text/plain",
          .body = request.method + " " + request.path,
          .headers = {}};
}

void echo(const Request& request, const Respond& respond) {
  respond(echo_of(request));
}

Response problem(int status, std::string_view detail, std::string_view /*peer*/) {
  return {.status = status,
          .content_type = "application/problem+json",
          .body = std::string(detail),
          .headers = {}};
}

ServerOptions quick_options() {
  ServerOptions options;
  options.threads = 2;
  options.header_timeout = 300ms;
  options.body_timeout = 300ms;
  options.keepalive_timeout = 5000ms;
  options.write_timeout = 300ms;
  options.max_connections = 100000;  // those that clients left count until their worker has seen the end
  return options;
}

class HttpServer : public ::testing::Test {
 protected:
  HttpServer() { server_.start(); }

  /// Sends the bytes on a connection of their own and reads until the server closes.
  std::string closing_answer(std::string_view bytes) {
    Client client(server_.port());
    client.send(bytes);
    return client.read_to_end();
  }

  Server server_{quick_options(), echo, problem};
};

constexpr std::string_view kGet = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";

TEST_F(HttpServer, answers_many_requests_on_one_connection) {
  Client client(server_.port());
  for (int i = 0; i < 50; ++i) {
    const auto path = "/" + std::to_string(i);
    client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(client.read_answer(), EndsWith("\r\n\r\nGET " + path));
  }
}

TEST_F(HttpServer, answers_pipelined_requests_in_order) {
  Client client(server_.port());
  client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(client.read_answer(), EndsWith("GET /1"));
  EXPECT_THAT(client.read_answer(), EndsWith("GET /2"));
}

TEST_F(HttpServer, only_the_first_of_pipelined_requests_may_wait) {
  Client client(server_.port());
  constexpr const char* kRequest = "GET /may-wait HTTP/1.1\r\nHost: h\r\n\r\n";
  client.send(std::string(kRequest) + kRequest);
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 503"));
}

TEST_F(HttpServer, the_answer_to_head_has_no_body) {
  Client client(server_.port());
  client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(client.read_answer(false), AllOf(HasSubstr("Content-Length: 7"), EndsWith("\r\n\r\n")));
  client.send(kGet);
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(HttpServer, closes_when_the_client_asks_for_it) {
  const auto answer = closing_answer("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, AllOf(HasSubstr("Connection: close"), EndsWith("GET /x")));
}

TEST_F(HttpServer, what_is_no_request_gets_our_problem_and_the_end) {
  const std::string long_path(3000, '/');
  const std::pair<std::string, std::string> cases[] = {
      {"nonsense\r\n\r\n", "HTTP/1.1 400 "},
      {"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n", "HTTP/1.1 413 "},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551615\r\n\r\n", "HTTP/1.1 413 "},
      {"GET /" + long_path + " HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 414 "},
      {"GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20000, 'a') + "\r\n\r\n", "HTTP/1.1 431 "},
      {"GET / HTTP/2.0\r\nHost: h\r\n\r\n", "HTTP/1.1 505 "}};
  for (const auto& [bytes, status] : cases) {
    const auto answer = closing_answer(bytes);
    EXPECT_THAT(answer, StartsWith(status));
    EXPECT_THAT(answer, AllOf(HasSubstr("application/problem+json"), HasSubstr("Connection: close")));
  }
}

TEST_F(HttpServer, the_rest_of_a_refused_body_is_not_read_as_a_request) {
  const auto answer =
      closing_answer("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n" + std::string(kGet));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer, Not(HasSubstr("200 OK")));
}

TEST_F(HttpServer, a_large_body_that_is_on_its_way_does_not_destroy_the_refusal) {
  const auto answer = closing_answer("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n" +
                                     std::string(1'000'000, 'x'));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
}

TEST_F(HttpServer, a_request_that_stops_halfway_is_timed_out) {
  EXPECT_THAT(closing_answer("GET / HTTP/1.1\r\nHost:"), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(closing_answer("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab"),
              StartsWith("HTTP/1.1 408 "));
}

TEST_F(HttpServer, a_handler_that_throws_says_nothing_of_its_error) {
  for (const auto* path : {"/throw", "/throw-int", "/inject"}) {
    const auto answer = closing_answer("GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 ")) << path;
    EXPECT_THAT(answer, AllOf(Not(HasSubstr("secret")), Not(HasSubstr("Y: b"))));
  }
}

TEST_F(HttpServer, continue_is_answered_before_the_body) {
  Client client(server_.port());
  client.send("POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
  EXPECT_EQ(client.read_answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("a");
  EXPECT_THAT(client.read_answer(), EndsWith("POST /x"));
}

TEST(HttpServerConnections, come_by_ipv6_too) {
  auto options = quick_options();
  options.host = "::1";
  Server server(options, echo, problem);
  server.start();
  Client client(server.port(), "::1");
  client.send(kGet);
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServerConnections, one_too_many_is_told_so_and_harms_nobody) {
  auto options = quick_options();
  options.max_connections = 2;
  Server server(options, echo, problem);
  server.start();
  Client first(server.port());
  {
    Client second(server.port());
    for (auto* client : {&first, &second}) {
      client->send(kGet);
      EXPECT_THAT(client->read_answer(), StartsWith("HTTP/1.1 200 "));
    }
    Client third(server.port());
    EXPECT_THAT(third.read_to_end(), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("Connection: close")));
    first.send(kGet);
    EXPECT_THAT(first.read_answer(), StartsWith("HTTP/1.1 200 "));
  }
  // The place of the second is free as soon as its worker has seen its end.
  std::string answer;
  for (int tries = 0; tries < 1000 && !answer.starts_with("HTTP/1.1 200 "); ++tries) {
    Client next(server.port());
    next.send(kGet);
    answer = next.read_answer();
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServerConnections, an_answer_that_is_not_taken_at_once_arrives_whole) {
  auto options = quick_options();
  options.write_timeout = 60s;
  Server server(options, echo, problem);
  server.start();
  Client client(server.port());
  client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  client.send(kGet);
  EXPECT_TRUE(client.read_answer().ends_with("\r\n\r\n" + std::string(16 << 20, 'x')));
  EXPECT_THAT(client.read_answer(), EndsWith("GET /hello"));
}

TEST(HttpServerConnections, a_client_that_does_not_read_holds_nobody_up) {
  auto options = quick_options();
  options.threads = 1;
  options.write_timeout = 60s;
  Server server(options, echo, problem);
  server.start();
  const Client lazy(server.port());
  lazy.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  lazy.wait_for_bytes();
  Client client(server.port());
  client.send(kGet);
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServerConnections, a_client_that_does_not_read_is_given_up) {
  auto options = quick_options();
  options.max_connections = 1;
  Server server(options, echo, problem);
  server.start();
  const Client lazy(server.port());
  lazy.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  lazy.wait_for_bytes();
  // Its place is free when its time is over.
  std::string answer;
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (!answer.starts_with("HTTP/1.1 200 ") && std::chrono::steady_clock::now() < end) {
    Client next(server.port());
    next.send(kGet);
    answer = next.read_answer();
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServerConnections, one_whose_requests_never_end_holds_no_other_up) {
  auto options = quick_options();
  options.threads = 1;
  Server server(options, echo, problem);
  server.start();
  std::string requests;
  while (requests.size() < 60'000) requests += kGet;
  std::atomic<bool> done{false};
  std::atomic<int> sent{0};
  std::jthread flood([&] {
    while (!done) {
      Client client(server.port());
      std::jthread reader([&] { (void)client.read_to_end(); });
      while (!done && client.send(requests)) ++sent;
      client.finish();
    }
  });
  while (sent < 2) std::this_thread::yield();
  Client other(server.port());
  other.send(kGet);
  EXPECT_THAT(other.read_answer(), StartsWith("HTTP/1.1 200 "));
  done = true;
}

TEST(HttpServerConnections, none_waits_for_the_next_one_to_come) {
  auto options = quick_options();
  options.threads = 1;
  Server server(options, echo, problem);
  server.start();
  for (int round = 0; round < 5000; ++round) {
    Client first(server.port());
    // It comes while the server sees to the first, at any moment of that.
    const auto moment = std::chrono::steady_clock::now() + std::chrono::microseconds(round % 100);
    while (std::chrono::steady_clock::now() < moment) continue;
    Client second(server.port());
    for (auto* client : {&first, &second}) {
      client->send(kGet);
      ASSERT_THAT(client->read_answer(), StartsWith("HTTP/1.1 200 ")) << "in round " << round;
    }
  }
}

/// A server whose answers come from another thread, but for those of /now.
class HttpServerWithLateAnswers : public ::testing::Test {
 protected:
  HttpServerWithLateAnswers() { server_.start(); }

  Later later_;
  Server server_{quick_options(),
                 [this](const Request& request, const Respond& respond) {
                   if (request.path == "/now") return echo(request, respond);
                   later_.keep(echo_of(request), respond);
                 },
                 problem};
};

TEST_F(HttpServerWithLateAnswers, one_that_waits_holds_no_other_connection_up) {
  Client first(server_.port());
  Client second(server_.port());
  Client third(server_.port());
  for (const auto* client : {&first, &second, &third}) client->send(kGet);
  later_.wait_for(3);
  for (int i = 0; i < 3; ++i) later_.answer_one();
  for (auto* client : {&first, &second, &third}) EXPECT_THAT(client->read_answer(), EndsWith("GET /hello"));
}

TEST_F(HttpServerWithLateAnswers, pipelined_requests_are_handled_one_after_the_other) {
  Client client(server_.port());
  client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  later_.answer_one();
  EXPECT_THAT(client.read_answer(), EndsWith("GET /1"));
  client.send("GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
  later_.answer_one();
  EXPECT_THAT(client.read_answer(), EndsWith("GET /2"));
  later_.answer_one();
  EXPECT_THAT(client.read_answer(), EndsWith("GET /3"));
}

TEST_F(HttpServerWithLateAnswers, who_sends_more_than_is_kept_loses_the_connection_and_not_the_answer) {
  Client client(server_.port());
  std::string requests(kGet);
  while (requests.size() < 1'000'000) requests += kGet;
  std::thread sender([&] { client.send(requests); });
  later_.answer_one();
  EXPECT_THAT(client.read_answer(), EndsWith("GET /hello"));
  std::atomic<bool> done{false};
  std::thread answerer([&] { later_.answer_until(done); });
  const auto rest = client.read_to_end();
  EXPECT_LT(rest.size(), requests.size());
  sender.join();
  done = true;
  later_.keep({}, [](const Response&) {});
  answerer.join();
}

TEST_F(HttpServerWithLateAnswers, a_request_that_is_let_go_of_gets_a_500) {
  Client client(server_.port());
  client.send(kGet);
  later_.drop_one();
  EXPECT_THAT(client.read_to_end(), AllOf(StartsWith("HTTP/1.1 500 "), HasSubstr("Connection: close")));
}

TEST_F(HttpServerWithLateAnswers, an_answer_that_would_break_the_message_gets_a_500) {
  Client client(server_.port());
  client.send("GET /inject HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THROW(later_.answer_one(), std::invalid_argument);
  EXPECT_THAT(client.read_to_end(), AllOf(StartsWith("HTTP/1.1 500 "), Not(HasSubstr("Y: b"))));
}

TEST_F(HttpServerWithLateAnswers, stopping_waits_for_requests_in_work) {
  Client client(server_.port());
  Client idle(server_.port());
  client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  later_.wait_for(1);
  const auto port = server_.port();
  std::jthread stopper([this] { server_.stop(20s); });
  while (can_connect(port)) continue;  // nobody is let in who could keep it from its end
  later_.answer_one();
  EXPECT_THAT(client.read_to_end(), AllOf(HasSubstr("Connection: close"), EndsWith("GET /1")));
  stopper.join();
  EXPECT_THAT(idle.read_to_end(), IsEmpty());
}

TEST_F(HttpServerWithLateAnswers, an_answer_after_the_end_goes_nowhere) {
  Client client(server_.port());
  client.send(kGet);
  later_.wait_for(1);
  server_.stop(0ms);
  later_.answer_one();
  EXPECT_THAT(client.read_to_end(), IsEmpty());
}

TEST(HttpServerStart, says_where_it_can_not_listen) {
  Server first(quick_options(), echo, problem);
  first.start();
  auto options = quick_options();
  options.port = first.port();
  Server second(options, echo, problem);
  try {
    second.start();
    FAIL() << "a second server on one port";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("127.0.0.1 port " + std::to_string(options.port)));
  }
}

/// The defect that this server is built against: an answer written to whoever got the descriptor next.
TEST_F(HttpServerWithLateAnswers, no_client_sees_the_answer_of_another) {
  constexpr int kAborters = 3;
  constexpr int kHonest = 3;
  constexpr int kRequests = 700;
  // Each leaves a port that can't be used again for a minute, and there are 28,000.
  constexpr int kAbortsEach = 5000;
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::atomic<bool> answered{false};
  std::vector<std::jthread> answerers;
  for (int i = 0; i < 2; ++i) answerers.emplace_back([&] { later_.answer_until(answered); });
  std::vector<std::jthread> aborters;
  for (int i = 0; i < kAborters; ++i) {
    aborters.emplace_back([&, i] {
      for (int n = 0; !done && n < kAbortsEach; ++n) {
        const Client client(server_.port());
        const std::string late = "GET /aborted HTTP/1.1\r\nHost: h\r\n\r\n";
        const std::string now = "GET /now HTTP/1.1\r\nHost: h\r\n\r\n";
        client.send((n + i) % 2 == 0 ? late + now + "malformed\r\n\r\n" : "malformed\r\n\r\n");
        if (n % 3 == 0) client.abort();
      }
    });
  }
  std::vector<std::jthread> honest;
  for (int i = 0; i < kHonest; ++i) {
    honest.emplace_back([&, i] {
      for (int n = 0; n < kRequests;) {
        Client client(
            server_.port());  // some requests on a connection, then a new one: descriptors are reused
        for (int k = 0; k < 5; ++k, ++n) {
          const auto path = "/" + std::to_string(i) + "-" + std::to_string(n);
          client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
          const auto answer = client.read_answer();
          if (!answer.starts_with("HTTP/1.1 200 OK") || !answer.ends_with("\r\n\r\nGET " + path)) ++wrong;
        }
      }
    });
  }
  honest.clear();
  done = true;
  aborters.clear();
  answered = true;
  for (std::size_t i = 0; i < answerers.size(); ++i) later_.keep({}, [](const Response&) {});  // wakes one
  answerers.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace common::http
