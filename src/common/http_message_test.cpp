#include "common/http_message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <stdexcept>

namespace common::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// What the first outcome is: 0 needs more, 200 is a request, else the status of the refusal.
int outcome_of(std::string_view bytes, ReaderLimits limits = {}) {
  RequestReader reader(limits);
  reader.feed(bytes);
  const auto outcome = reader.next();
  if (const auto* error = std::get_if<ProtocolError>(&outcome)) return error->status;
  return std::holds_alternative<Request>(outcome) ? 200 : 0;
}

Request read(std::string_view bytes) {
  RequestReader reader({});
  reader.feed(bytes);
  return std::get<Request>(reader.next());
}

std::string with_header(const std::string& header) {
  return "GET / HTTP/1.1\r\nHost: h\r\n" + header + "\r\n\r\n";
}

TEST(RequestReader, splits_a_request_into_its_parts) {
  const auto request =
      read("POST /a%2Fb?x=1&x=2 HTTP/1.1\r\nHost: h\r\nX-Actor-Id:  me \r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/a%2Fb");
  EXPECT_EQ(request.query, "x=1&x=2");
  EXPECT_EQ(request.body, "abc");
  ASSERT_NE(request.header("x-actor-id"), nullptr);
  EXPECT_EQ(*request.header("x-actor-id"), "me");
  EXPECT_EQ(request.header("missing"), nullptr);
  EXPECT_TRUE(request.keep_alive);
}

TEST(RequestReader, reads_a_request_that_arrives_byte_by_byte) {
  const std::string bytes = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab";
  RequestReader reader({});
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    reader.feed(bytes.substr(i, 1));
    ASSERT_TRUE(std::holds_alternative<NeedMore>(reader.next())) << i;
  }
  reader.feed("b");
  EXPECT_EQ(std::get<Request>(reader.next()).body, "ab");
}

TEST(RequestReader, the_body_has_a_limit_of_its_own) {
  constexpr ReaderLimits kLimits{.max_target_bytes = 16, .max_head_bytes = 64, .max_body_bytes = 200};
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ";
  EXPECT_EQ(outcome_of(head + "200\r\n\r\n" + std::string(200, 'x'), kLimits), 200);
  EXPECT_EQ(outcome_of(head + "201\r\n\r\n" + std::string(201, 'x'), kLimits), 413);
}

TEST(RequestReader, a_refusal_does_not_depend_on_how_the_bytes_arrive) {
  constexpr ReaderLimits kLimits{.max_target_bytes = 100, .max_head_bytes = 200};
  const std::string long_line = std::string(150, 'y') + "\r\n\r\n";
  const std::string long_head = "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(200, 'y') + "\nX\r\n\r\n";
  for (const auto& [bytes, status] : {std::pair(long_line, 414), std::pair(long_head, 431)}) {
    EXPECT_EQ(outcome_of(bytes, kLimits), status);
    RequestReader reader(kLimits);
    int byte_by_byte = 0;
    for (std::size_t i = 0; i < bytes.size() && byte_by_byte == 0; ++i) {
      reader.feed(bytes.substr(i, 1));
      const auto outcome = reader.next();
      if (const auto* error = std::get_if<ProtocolError>(&outcome)) byte_by_byte = error->status;
    }
    EXPECT_EQ(byte_by_byte, status);
  }
}

TEST(RequestReader, reads_pipelined_requests_in_order) {
  RequestReader reader({});
  reader.feed("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3");
  EXPECT_EQ(std::get<Request>(reader.next()).path, "/1");
  EXPECT_EQ(std::get<Request>(reader.next()).path, "/2");
  EXPECT_TRUE(std::holds_alternative<NeedMore>(reader.next()));
  EXPECT_EQ(reader.phase(), RequestReader::Phase::head);
}

TEST(RequestReader, headers_of_one_request_do_not_reach_the_next) {
  RequestReader reader({});
  reader.feed("GET /1 HTTP/1.1\r\nHost: h\r\nX-Actor-Id: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  (void)reader.next();
  EXPECT_EQ(std::get<Request>(reader.next()).header("X-Actor-Id"), nullptr);
}

TEST(RequestReader, an_absolute_target_is_reduced_to_its_path) {
  EXPECT_EQ(read("GET http://h:1/admin/tx/1?a=b HTTP/1.1\r\nHost: h\r\n\r\n").path, "/admin/tx/1");
}

TEST(RequestReader, connection_headers_decide_about_keep_alive) {
  EXPECT_FALSE(read(with_header("Connection: close")).keep_alive);
  EXPECT_FALSE(read(with_header("Connection: TE, Close")).keep_alive);
  EXPECT_TRUE(read(with_header("Connection: keep-alive")).keep_alive);
  EXPECT_FALSE(read("GET / HTTP/1.0\r\n\r\n").keep_alive);
  EXPECT_TRUE(read("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keep_alive);
}

TEST(RequestReader, legal_but_odd_headers_are_no_fault) {
  for (const auto* header :
       {"Cache-Control: stale-if-error=60, immutable", "Accept:", "Accept: ;;;", "Cookie: nonsense",
        "Date: yesterday", "Authorization: x", "X: \xFF\xFE", "Empty:", "Host-Port: a:b:c"}) {
    EXPECT_EQ(outcome_of(with_header(header)), 200) << header;
  }
}

TEST(RequestReader, malformed_heads_are_bad_requests) {
  for (const auto* bytes :
       {"GET\r\n\r\n", "GET /\r\n\r\n", "GET  HTTP/1.1\r\n\r\n", " GET / HTTP/1.1\r\n\r\n",
        "GET / x HTTP/1.1\r\nHost: h\r\n\r\n", "G(T / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / FTP/1.1\r\nHost: h\r\n\r\n", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.1\rHost: h\r\r", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "\x16\x03\x01\x02",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\x01\r\n\r\n"}) {
    EXPECT_EQ(outcome_of(bytes), 400) << bytes;
  }
}

TEST(RequestReader, what_request_smuggling_is_made_of_is_refused) {
  for (const auto* header :
       {"Content-Length : 5", "Content-Length: 5abc", "Content-Length: +5", "Content-Length: -1",
        "Content-Length: 5, 5", "Content-Length:", "Content-Length: 0\r\nContent-Length: 0",
        "X: a\r\n folded", ": no name", "no colon"}) {
    EXPECT_EQ(outcome_of(with_header(header)), 400) << header;
  }
  EXPECT_EQ(outcome_of(with_header("Transfer-Encoding: chunked")), 501);
  EXPECT_EQ(outcome_of(with_header("Content-Length: 1\r\nTransfer-Encoding: chunked")), 501);
}

TEST(RequestReader, versions_other_than_1_0_and_1_1_are_refused) {
  EXPECT_EQ(outcome_of("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), 505);
  EXPECT_EQ(outcome_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
}

TEST(RequestReader, a_body_that_is_announced_too_large_is_refused_before_it_comes) {
  EXPECT_EQ(outcome_of(with_header("Content-Length: 200000")), 413);
  EXPECT_EQ(outcome_of(with_header("Content-Length: 18446744073709551615")), 413);
  EXPECT_EQ(outcome_of(with_header("Content-Length: 99999999999999999999999999")), 413);
}

TEST(RequestReader, a_long_target_and_large_headers_are_told_apart) {
  EXPECT_EQ(outcome_of("GET /" + std::string(3000, '/') + " HTTP/1.1\r\nHost: h\r\n\r\n"), 414);
  EXPECT_EQ(outcome_of("GET /" + std::string(20000, '/')), 414);
  EXPECT_EQ(outcome_of("GET /" + std::string(2047, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"), 200);
  EXPECT_EQ(outcome_of("GET /" + std::string(2048, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"), 414);
  EXPECT_EQ(outcome_of(with_header("X: " + std::string(20000, 'a'))), 431);
  EXPECT_EQ(outcome_of("GET / HTTP/1.1\r\nX: " + std::string(20000, 'a')), 431);
}

TEST(RequestReader, only_the_continue_expectation_is_met) {
  RequestReader reader({});
  reader.feed("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n");
  EXPECT_TRUE(std::holds_alternative<NeedMore>(reader.next()));
  EXPECT_TRUE(reader.take_expect_continue());
  EXPECT_FALSE(reader.take_expect_continue());
  EXPECT_EQ(outcome_of(with_header("Expect: coffee")), 417);
}

TEST(RequestReader, random_bytes_never_break_it) {
  std::mt19937 random(42);
  const std::string alphabet = "GET /\r\n\r\n:aH1.\t %?\x01\xFF";
  for (int round = 0; round < 20000; ++round) {
    RequestReader reader({.max_target_bytes = 16, .max_head_bytes = 64, .max_body_bytes = 64});
    for (int piece = 0; piece < 8; ++piece) {
      std::string bytes = round % 2 == 0 ? "GET / HTTP/1.1\r\n" : "";
      for (auto length = random() % 24; length > 0; --length) bytes += alphabet[random() % alphabet.size()];
      reader.feed(bytes);
      if (std::holds_alternative<ProtocolError>(reader.next())) break;
    }
  }
}

TEST(Serialise, a_response_has_the_headers_that_clients_need) {
  const auto text = serialise({.status = 404,
                               .content_type = "application/problem+json",
                               .body = "{}",
                               .headers = {{"Allow", "GET"}}},
                              true, true);
  EXPECT_THAT(text, StartsWith("HTTP/1.1 404 Not Found\r\nDate: "));
  EXPECT_THAT(text, HasSubstr("\r\nContent-Type: application/problem+json\r\nContent-Length: "
                              "2\r\nConnection: keep-alive\r\nAllow: GET\r\n"));
  EXPECT_THAT(text, EndsWith("\r\n\r\n{}"));
}

TEST(Serialise, the_answer_to_head_has_the_length_but_no_body) {
  const auto text =
      serialise({.status = 200, .content_type = {}, .body = "abc", .headers = {}}, false, false);
  EXPECT_THAT(text, HasSubstr("Content-Length: 3\r\nConnection: close\r\n"));
  EXPECT_THAT(text, EndsWith("\r\n\r\n"));
}

TEST(Serialise, a_header_that_would_inject_another_is_refused) {
  for (const auto* value : {"a\r\nSet-Cookie: x", "a\nb", "a\x01"}) {
    EXPECT_THROW((void)serialise({.status = 200, .content_type = {}, .body = {}, .headers = {{"X", value}}},
                                 true, true),
                 std::invalid_argument);
  }
  EXPECT_THROW(
      (void)serialise({.status = 200, .content_type = {}, .body = {}, .headers = {{"X Y", "a"}}}, true, true),
      std::invalid_argument);
}

}  // namespace
}  // namespace common::http
