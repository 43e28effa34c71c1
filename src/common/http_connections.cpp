#include "common/http_connections.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

namespace common::http {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr auto kNever = steady_clock::time_point::max();
/// How long a client may go on sending after the last answer; closing earlier could destroy that answer.
constexpr milliseconds kLinger{2000};
constexpr milliseconds kTendInterval{100};

enum class Sent { all, some, failed };

/// Sends what the client takes at once, and cuts it off `bytes`.
Sent send_some(int fd, std::string_view& bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno != EINTR) {
      return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::some : Sent::failed;
    }
  }
  return Sent::all;
}

/// For what is not worth waiting for: false when the client does not take all of it at once.
bool send_at_once(int fd, std::string_view bytes) {
  return send_some(fd, bytes) == Sent::all;
}

}  // namespace

struct Connection {
  Connection(int socket, std::string address, ReaderLimits limits)
      : fd(socket), peer(std::move(address)), reader(limits) {}

  /// No further request is read. The client sees the end of the answer and closes; the sweep does it if not.
  void finish() {
    closing = true;
    deadline = steady_clock::now() + kLinger;
    ::shutdown(fd, SHUT_WR);
  }
  void end() {
    closing = true;
    deadline = kNever;
    ::shutdown(fd, SHUT_RDWR);
  }

  const int fd;
  const std::string peer;
  std::mutex mutex;  ///< guards what follows
  RequestReader reader;
  bool in_work = false;      ///< a request has no answer yet, or its client has not all of it
  bool serving = false;      ///< a thread is in serve_one()
  bool handed_over = false;  ///< tend() goes on with it
  bool overrun = false;  ///< more came beside the request in work than is kept: the connection ends with it
  bool closing = false;  ///< the last answer was sent; what still comes is dropped
  bool gone = false;     ///< the descriptor may be another's
  std::string answer;
  std::string_view unsent;  ///< of the answer
  bool keep_alive = true;   ///< after the answer
  steady_clock::time_point deadline = kNever;
};

/// That one request gets one answer.
class Connections::Duty {
 public:
  Duty(std::shared_ptr<Connections> connections, Ptr connection, const Request& request)
      : connections_(std::move(connections)),
        connection_(std::move(connection)),
        with_body_(request.method != "HEAD"),
        keep_alive_(request.keep_alive) {}
  Duty(const Duty&) = delete;
  Duty& operator=(const Duty&) = delete;

  ~Duty() {
    if (answered_) return;
    connections_->answer(
        connection_, connections_->error_bytes(500, "The request could not be handled", *connection_), false);
  }

  /// Throws std::invalid_argument, with the duty still there, when the answer would break the message.
  void answer(const Response& response) {
    const bool keep_alive = keep_alive_ && !connections_->draining_;
    auto bytes = serialise(response, with_body_, keep_alive);
    if (answered_.exchange(true)) return;
    connections_->answer(connection_, std::move(bytes), keep_alive);
  }

 private:
  const std::shared_ptr<Connections> connections_;
  const Ptr connection_;
  const bool with_body_;
  const bool keep_alive_;
  std::atomic<bool> answered_ = false;
};

Connections::Connections(ServerOptions options, Handler handler, ErrorHandler on_error)
    : options_(std::move(options)),
      handler_(std::move(handler)),
      on_error_(std::move(on_error)),
      wake_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (wake_fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Connections::~Connections() {
  ::close(wake_fd_);
}

Connections::Ptr Connections::open(int fd, std::string peer) {
  auto connection = std::make_shared<Connection>(fd, std::move(peer), options_.limits);
  connection->deadline = steady_clock::now() + options_.keepalive_timeout;
  {
    const std::scoped_lock lock(mutex_);
    if (connections_.size() < options_.max_connections) return connections_[fd] = connection;
  }
  (void)send_at_once(fd, error_bytes(503, "There are too many connections", *connection));
  ::shutdown(fd, SHUT_RDWR);
  return nullptr;
}

void Connections::close(const Ptr& connection) {
  {
    const std::scoped_lock lock(connection->mutex);
    connection->gone = true;
  }
  const std::scoped_lock lock(mutex_);
  connections_.erase(connection->fd);
}

void Connections::receive(const Ptr& connection, std::string_view bytes) {
  std::unique_lock lock(connection->mutex);
  if (connection->closing) {
    if (steady_clock::now() > connection->deadline) connection->end();
    return;
  }
  auto& reader = connection->reader;
  const bool is_busy = connection->in_work || connection->serving || connection->handed_over;
  if (is_busy &&
      reader.buffered() + bytes.size() > options_.limits.max_head_bytes + options_.limits.max_body_bytes)
    connection->overrun = true;
  if (connection->overrun) return;
  const auto before = reader.phase();
  reader.feed(bytes);
  if (is_busy) return;
  const auto served = serve_one(connection, before, lock, true);
  // One, and the rest elsewhere: a client whose requests never end must not have this thread for itself.
  if (served == Served::request && !connection->in_work && reader.buffered() > 0) hand_over(connection);
}

/// Handles the next request, if a whole one is there and the last one is done with. Needs `lock` on the
/// connection, which it lets go of while it handles the request.
Connections::Served Connections::serve_one(const Ptr& connection, RequestReader::Phase before,
                                           std::unique_lock<std::mutex>& lock, bool may_wait) {
  if (connection->in_work || connection->serving || connection->closing || connection->gone)
    return Served::nothing;
  auto outcome = connection->reader.next();
  if (auto* request = std::get_if<Request>(&outcome)) {
    connection->serving = true;
    connection->in_work = true;
    ++in_work_;
    lock.unlock();
    request->may_wait = may_wait;
    handle(connection, std::move(*request));
    lock.lock();
    connection->serving = false;
    return Served::request;
  }
  if (const auto* error = std::get_if<ProtocolError>(&outcome)) {
    refuse(*connection, *error);
    return Served::nothing;
  }
  if (connection->reader.take_expect_continue()) {
    if (!send_at_once(connection->fd, "HTTP/1.1 100 Continue\r\n\r\n")) connection->end();
  }
  set_deadline(*connection, before);
  return Served::nothing;
}

void Connections::handle(const Ptr& connection, Request request) {
  request.peer = connection->peer;
  const auto duty = std::make_shared<Duty>(shared_from_this(), connection, request);
  try {
    handler_(request, [duty](const Response& response) { duty->answer(response); });
  } catch (...) {
    // What it says may be SQL or data, so it is for the handler to log and not for the client to see.
  }
}

void Connections::answer(const Ptr& connection, std::string bytes, bool keep_alive) {
  const std::scoped_lock lock(connection->mutex);
  connection->answer = std::move(bytes);
  connection->unsent = connection->answer;
  connection->keep_alive = keep_alive;
  connection->deadline = steady_clock::now() + options_.write_timeout;
  if (!flush(connection)) hand_over(connection);
}

/// Sends of the answer what the client takes. When there is nothing left to wait for, the connection goes on
/// or ends, and it is true. Needs the connection's mutex.
bool Connections::flush(const Ptr& connection) {
  const auto sent = connection->gone ? Sent::failed : send_some(connection->fd, connection->unsent);
  if (sent == Sent::some && steady_clock::now() < connection->deadline) return false;
  std::string().swap(connection->answer);
  connection->unsent = {};
  connection->in_work = false;
  --in_work_;
  if (connection->gone) return true;
  if (sent != Sent::all) {
    connection->end();
  } else if (!connection->keep_alive || connection->overrun) {
    connection->finish();
  } else if (connection->reader.buffered() == 0) {
    set_deadline(*connection, RequestReader::Phase::idle);
  } else if (!connection->serving) {
    // Not here: whose thread this is has other clients to answer.
    hand_over(connection);
  }
  return true;
}

/// Needs the connection's mutex.
void Connections::hand_over(const Ptr& connection) {
  connection->handed_over = true;
  const std::scoped_lock lock(mutex_);
  handed_over_.push_back(connection);
  wake_tender();
}

void Connections::refuse(Connection& connection, const ProtocolError& error) const {
  (void)send_at_once(connection.fd, error_bytes(error.status, error.detail, connection));
  connection.finish();
}

std::string Connections::error_bytes(int status, std::string_view detail,
                                     const Connection& connection) const {
  return serialise(on_error_(status, detail, connection.peer), true, false);
}

void Connections::set_deadline(Connection& connection, RequestReader::Phase before) const {
  using Phase = RequestReader::Phase;
  const auto now_in = connection.reader.phase();
  // Absolute for each phase: a client that sends a byte now and then gains nothing.
  if (now_in == before && now_in != Phase::idle) return;
  const auto timeout = now_in == Phase::idle   ? options_.keepalive_timeout
                       : now_in == Phase::head ? options_.header_timeout
                                               : options_.body_timeout;
  connection.deadline = steady_clock::now() + timeout;
}

void Connections::tend(const std::stop_token& stop) {
  const std::stop_callback wake(stop, [this] { wake_tender(); });
  auto next_sweep = steady_clock::now();
  while (!stop.stop_requested()) {
    std::vector<pollfd> awaited{{wake_fd_, POLLIN, 0}};
    {
      const std::scoped_lock lock(mutex_);
      for (const auto& connection : handed_over_) awaited.push_back({connection->fd, POLLOUT, 0});
    }
    ::poll(awaited.data(), awaited.size(), static_cast<int>(kTendInterval.count()));
    eventfd_t wakes = 0;
    (void)::eventfd_read(wake_fd_, &wakes);
    look_after_all();
    if (steady_clock::now() < next_sweep) continue;
    sweep();
    next_sweep = steady_clock::now() + kTendInterval;
  }
}

/// A step with each, so that none keeps the others waiting.
void Connections::look_after_all() {
  std::vector<Ptr> connections;
  {
    const std::scoped_lock lock(mutex_);
    connections.swap(handed_over_);
  }
  std::erase_if(connections, [this](const Ptr& connection) { return look_after(connection); });
  const std::scoped_lock lock(mutex_);
  handed_over_.insert(handed_over_.end(), connections.begin(), connections.end());
}

/// False when the client still has not taken its answer.
bool Connections::look_after(const Ptr& connection) {
  std::unique_lock lock(connection->mutex);
  connection->handed_over = false;
  if (!connection->unsent.empty()) return flush(connection);
  const auto served = serve_one(connection, RequestReader::Phase::idle, lock, false);
  if (served == Served::request && !connection->in_work) hand_over(connection);
  return true;
}

void Connections::sweep() {
  const auto now = steady_clock::now();
  const std::scoped_lock all(mutex_);
  for (const auto& [fd, connection] : connections_) {
    const std::unique_lock lock(connection->mutex, std::try_to_lock);
    if (!lock || connection->in_work || connection->serving || now < connection->deadline) continue;
    if (!connection->closing && connection->reader.phase() != RequestReader::Phase::idle) {
      (void)send_at_once(fd, error_bytes(408, "The request did not arrive in time", *connection));
    }
    connection->end();
  }
}

void Connections::drain(steady_clock::time_point deadline) {
  while (in_work_ > 0 && steady_clock::now() < deadline) std::this_thread::sleep_for(milliseconds(5));
}

void Connections::close_all() {
  std::unordered_map<int, Ptr> connections;
  {
    const std::scoped_lock lock(mutex_);
    connections.swap(connections_);
  }
  for (const auto& [fd, connection] : connections) {
    const std::scoped_lock lock(connection->mutex);
    connection->gone = true;
    ::close(fd);
  }
}

void Connections::wake_tender() const {
  (void)::eventfd_write(wake_fd_, 1);
}

}  // namespace common::http
