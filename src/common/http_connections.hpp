#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/http.hpp"

namespace common::http {

struct Connection;

/// The connections of a server and what is under way on them: bytes in, answers out. Knows sockets and no
/// library. The descriptors belong to the caller, who reads from them and closes them: connections are ended
/// here by shutdown() only, so that the moment of closing is always the caller's own. Any thread, if not said
/// otherwise.
class Connections : public std::enable_shared_from_this<Connections> {
 public:
  using Ptr = std::shared_ptr<Connection>;

  /// Throws std::system_error.
  Connections(ServerOptions options, Handler handler, ErrorHandler on_error);
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;
  ~Connections();

  [[nodiscard]] const ServerOptions& options() const { return options_; }

  /// Null when there are too many: then the client was told so.
  [[nodiscard]] Ptr open(int fd, std::string peer);
  /// What was read; on the one thread that reads from this connection.
  void receive(const Ptr& connection, std::string_view bytes);
  /// Before the descriptor is closed, which may be another's afterwards: nothing is written to it any more.
  void close(const Ptr& connection);

  /// Until told to stop, ends the connections whose time is over, goes on writing to clients that did not
  /// take their answer at once, and handles what was pipelined behind a late answer. For a thread of its own.
  void tend(const std::stop_token& stop);
  /// From now on each answer is the last of its connection.
  void start_draining() { draining_ = true; }
  /// Returns when no request is in work, or after `deadline`.
  void drain(std::chrono::steady_clock::time_point deadline);
  /// Closes all descriptors; nobody may read from them any more.
  void close_all();

 private:
  class Duty;

  enum class Served { request, nothing };
  Served serve_one(const Ptr& connection, RequestReader::Phase before, std::unique_lock<std::mutex>& lock,
                   bool may_wait);
  void handle(const Ptr& connection, Request request);
  void answer(const Ptr& connection, std::string bytes, bool keep_alive);
  [[nodiscard]] bool flush(const Ptr& connection);
  void hand_over(const Ptr& connection);
  [[nodiscard]] bool look_after(const Ptr& connection);
  void look_after_all();
  void refuse(Connection& connection, const ProtocolError& error) const;
  [[nodiscard]] std::string error_bytes(int status, std::string_view detail,
                                        const Connection& connection) const;
  void set_deadline(Connection& connection, RequestReader::Phase before) const;
  void sweep();
  void wake_tender() const;

  const ServerOptions options_;
  const Handler handler_;
  const ErrorHandler on_error_;
  const int wake_fd_;  ///< eventfd that wakes tend()
  std::atomic<int> in_work_{0};
  std::atomic<bool> draining_{false};

  std::mutex mutex_;
  /// A descriptor in here is open.
  std::unordered_map<int, Ptr> connections_;
  std::vector<Ptr> handed_over_;  ///< for tend() to go on with: an answer to write, or requests to handle
};

}  // namespace common::http
