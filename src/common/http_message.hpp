#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// HTTP/1.1 messages as values. Pure: no socket, no library.
namespace common::http {

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;
  std::string path;   ///< as sent, still percent-encoded
  std::string query;  ///< as sent, without '?'
  std::vector<Header> headers;
  std::string body;
  std::string peer;  ///< address of the other end, without port
  bool keep_alive = true;
  bool may_wait = true;  ///< false on the thread that looks after the connections of all threads

  /// The first header of that name, whatever its case; null without one.
  [[nodiscard]] const std::string* header(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<Header> headers;  ///< besides Content-Type, Content-Length, Date and Connection
};

/// Takes the answer to one request, from any thread, once. When the last copy goes without one, the client
/// gets a 500.
using Respond = std::function<void(Response)>;
/// Answers now or later. Runs on a thread that other connections wait for, so it must not for long, and not
/// at all where the request says so. Must not keep references to the request. Called by several threads at
/// once.
using Handler = std::function<void(const Request&, Respond)>;
/// Makes the answer to bytes that never became a request, or to a request that the handler left without one.
using ErrorHandler = std::function<Response(int status, std::string_view detail, std::string_view peer)>;

[[nodiscard]] std::string_view reason_phrase(int status);

/// The bytes to send. Throws std::invalid_argument when a header would break the message.
[[nodiscard]] std::string serialise(const Response& response, bool with_body, bool keep_alive);

struct ReaderLimits {
  std::size_t max_target_bytes = 2048;  ///< path and query; more is 414
  std::size_t max_head_bytes = 16384;   ///< request line and headers; more is 431
  std::size_t max_body_bytes = 98304;   ///< more is 413
};

/// Bytes that are no request to answer: the status says why. The rest of the connection can't be trusted.
struct ProtocolError {
  int status;
  std::string detail;
};

struct NeedMore {};

/// Turns the bytes of one connection into requests, pipelined ones too. Strict, so that no proxy in front can
/// understand a message in another way: one Content-Length of digits, no Transfer-Encoding, no line folding,
/// CRLF only. Never holds more than head, body and one read, if it is asked for requests after each.
class RequestReader {
 public:
  explicit RequestReader(ReaderLimits limits) : limits_(limits) {}

  void feed(std::string_view bytes) { buffer_ += bytes; }
  /// The next request in the bytes fed so far. After a ProtocolError: call no more.
  [[nodiscard]] std::variant<NeedMore, Request, ProtocolError> next();

  /// Bytes fed that are in no request yet.
  [[nodiscard]] std::size_t buffered() const { return buffer_.size(); }

  enum class Phase { idle, head, body };
  /// What is waited for.
  [[nodiscard]] Phase phase() const;
  /// True once for each request that waits for "100 Continue".
  [[nodiscard]] bool take_expect_continue() { return std::exchange(expects_continue_, false); }

 private:
  [[nodiscard]] std::size_t find_head_end();
  void parse_head(std::string_view head);
  void parse_request_line(std::string_view line);
  void parse_header(std::string_view line);
  void interpret_headers();

  ReaderLimits limits_;
  std::string buffer_;
  std::size_t scanned_ = 0;  ///< bytes of the head that were looked at already
  bool in_request_line_ = true;
  bool has_head_ = false;
  bool http_1_0_ = false;
  bool expects_continue_ = false;
  std::size_t body_bytes_ = 0;
  Request request_;
};

}  // namespace common::http
