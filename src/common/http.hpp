#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "common/http_message.hpp"

namespace common::http {

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;              ///< 0: any free one, see Server::port()
  int threads = 1;                     ///< that read requests; each has its share of the connections
  int backlog = 1024;                  ///< connections that wait for accept
  std::size_t max_connections = 1000;  ///< more get 503 and the end; without descriptors accept would spin
  ReaderLimits limits;
  std::chrono::milliseconds header_timeout{10000};     ///< from the first byte of a request to its empty line
  std::chrono::milliseconds body_timeout{10000};       ///< from there to the end of the body
  std::chrono::milliseconds keepalive_timeout{75000};  ///< between requests
  std::chrono::milliseconds write_timeout{5000};       ///< for a client to read its answer
};

/// HTTP/1.1 server over the event loop of Pistache, which only http.cpp knows. A connection belongs to one
/// thread, which reads its requests; each answer is written by whoever gives it, before the next request of
/// the connection is handled. A client that ends its side before it has its answer gets none. SIGPIPE may be
/// left alone: nothing here raises it.
class Server {
 public:
  /// `on_error` must not throw.
  Server(ServerOptions options, Handler handler, ErrorHandler on_error);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Stops at once if stop() was not called.
  ~Server();

  /// Binds and starts the threads. Throws std::runtime_error when the address can't be had.
  void start();
  [[nodiscard]] std::uint16_t port() const;

  /// From now on answers say `Connection: close`. Waits until no request is in work, at most `deadline`; then
  /// closes every connection. Answers that come later go nowhere.
  void stop(std::chrono::milliseconds deadline);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace common::http
