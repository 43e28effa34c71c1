#include "common/http.hpp"

#include <pistache/listener.h>
#include <pistache/peer.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_map>

// Pistache gives the listener, the worker threads and their epoll loops. Its HTTP layer is not used: its
// parser refuses legal headers with 500 and drops pipelined requests, and its write queue can hand an answer
// to another client, because it knows connections by file descriptor only, and those are reused. Here the
// worker that reads a request also writes the answer, to a descriptor that can't be closed meanwhile.

namespace common::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kConnectionKey = "connection";
constexpr auto kNever = steady_clock::time_point::max();
/// How long a client may go on sending after the last answer; closing earlier could destroy that answer.
constexpr milliseconds kLinger{2000};
constexpr milliseconds kSweepInterval{100};

/// Not closed here: the descriptor is the library's, which closes it when recv() reports the end. Connections
/// are ended by shutdown() only, so that this moment is always the library's own.
struct Connection {
  Connection(int socket, std::string address, ReaderLimits limits)
      : fd(socket), peer(std::move(address)), reader(limits) {}

  const int fd;
  const std::string peer;
  std::mutex mutex;  ///< held by the worker during a request, so the sweeper sees quiet connections only
  RequestReader reader;
  bool closing = false;  ///< the last answer was sent; what still comes is dropped
  steady_clock::time_point deadline = kNever;
};

/// True when all was sent within `timeout`.
bool send_all(int fd, std::string_view bytes, milliseconds timeout) {
  const auto deadline = steady_clock::now() + timeout;
  while (!bytes.empty()) {
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()).count();
    if ((errno != EAGAIN && errno != EWOULDBLOCK) || left <= 0) return false;
    pollfd writable{fd, POLLOUT, 0};
    ::poll(&writable, 1, static_cast<int>(left));
  }
  return true;
}

/// What all workers of a server share.
class Core {
 public:
  Core(ServerOptions options, Handler handler, ErrorHandler on_error)
      : options_(std::move(options)), handler_(std::move(handler)), on_error_(std::move(on_error)) {}

  [[nodiscard]] const ServerOptions& options() const { return options_; }

  std::shared_ptr<Connection> open(int fd, std::string address);

  void close(const Connection& connection) {
    const std::scoped_lock lock(mutex_);
    connections_.erase(connection.fd);
  }

  void receive(Connection& connection, std::string_view bytes);
  void sweep();
  void drain(milliseconds deadline);
  void close_all();

 private:
  void answer(Connection& connection, const Request& request);
  void refuse(Connection& connection, const ProtocolError& error);
  [[nodiscard]] std::string error_bytes(int status, std::string_view detail,
                                        const Connection& connection) const;
  void finish(Connection& connection) const;
  void set_deadline(Connection& connection, RequestReader::Phase before) const;

  const ServerOptions options_;
  const Handler handler_;
  const ErrorHandler on_error_;
  std::atomic<int> in_flight_{0};
  std::atomic<bool> draining_{false};

  std::mutex mutex_;
  /// A descriptor in here is open: it is taken out in onDisconnection, before the library closes it.
  std::unordered_map<int, std::shared_ptr<Connection>> connections_;
};

/// Null when there are too many: then the client was told so.
std::shared_ptr<Connection> Core::open(int fd, std::string address) {
  auto connection = std::make_shared<Connection>(fd, std::move(address), options_.limits);
  connection->deadline = steady_clock::now() + options_.keepalive_timeout;
  {
    const std::scoped_lock lock(mutex_);
    if (connections_.size() < options_.max_connections) return connections_[fd] = connection;
  }
  (void)send_all(fd, error_bytes(503, "There are too many connections", *connection), milliseconds(0));
  ::shutdown(fd, SHUT_RDWR);
  return nullptr;
}

void Core::receive(Connection& connection, std::string_view bytes) {
  const std::scoped_lock lock(connection.mutex);
  if (connection.closing) {
    if (steady_clock::now() > connection.deadline) ::shutdown(connection.fd, SHUT_RDWR);
    return;
  }
  auto before = connection.reader.phase();
  connection.reader.feed(bytes);
  while (!connection.closing) {
    auto outcome = connection.reader.next();
    if (const auto* request = std::get_if<Request>(&outcome)) {
      answer(connection, *request);
      before = RequestReader::Phase::idle;
    } else if (const auto* error = std::get_if<ProtocolError>(&outcome)) {
      refuse(connection, *error);
    } else {
      if (connection.reader.take_expect_continue()) {
        (void)send_all(connection.fd, "HTTP/1.1 100 Continue\r\n\r\n", options_.write_timeout);
      }
      return set_deadline(connection, before);
    }
  }
}

void Core::answer(Connection& connection, const Request& parsed) {
  Request request = parsed;
  request.peer = connection.peer;
  ++in_flight_;
  bool keep_alive = request.keep_alive && !draining_;
  std::string bytes;
  try {
    const auto response = handler_(request);
    keep_alive = keep_alive && !draining_;
    bytes = serialise(response, request.method != "HEAD", keep_alive);
  } catch (...) {
    // What it says may be SQL or data, so it is for the handler to log and not for the client to see.
    keep_alive = false;
    bytes = error_bytes(500, "The request could not be handled", connection);
  }
  const bool sent = send_all(connection.fd, bytes, options_.write_timeout);
  --in_flight_;
  if (!sent) {
    connection.closing = true;
    ::shutdown(connection.fd, SHUT_RDWR);
  } else if (!keep_alive) {
    finish(connection);
  }
}

void Core::refuse(Connection& connection, const ProtocolError& error) {
  const auto bytes = error_bytes(error.status, error.detail, connection);
  (void)send_all(connection.fd, bytes, options_.write_timeout);
  finish(connection);
}

std::string Core::error_bytes(int status, std::string_view detail, const Connection& connection) const {
  return serialise(on_error_(status, detail, connection.peer), true, false);
}

/// No further request is read. The client sees the end of the answer and closes; the sweeper does it if not.
void Core::finish(Connection& connection) const {
  connection.closing = true;
  connection.deadline = steady_clock::now() + kLinger;
  ::shutdown(connection.fd, SHUT_WR);
}

void Core::set_deadline(Connection& connection, RequestReader::Phase before) const {
  using Phase = RequestReader::Phase;
  const auto now_in = connection.reader.phase();
  // Absolute for each phase: a client that sends a byte now and then gains nothing.
  if (now_in == before && now_in != Phase::idle) return;
  const auto timeout = now_in == Phase::idle   ? options_.keepalive_timeout
                       : now_in == Phase::head ? options_.header_timeout
                                               : options_.body_timeout;
  connection.deadline = steady_clock::now() + timeout;
}

/// Ends the connections whose time is over; runs on a thread of its own.
void Core::sweep() {
  const auto now = steady_clock::now();
  const std::scoped_lock lock(mutex_);
  for (const auto& [fd, connection] : connections_) {
    const std::unique_lock busy(connection->mutex, std::try_to_lock);
    if (!busy || now < connection->deadline) continue;
    if (!connection->closing && connection->reader.phase() != RequestReader::Phase::idle) {
      const auto bytes = error_bytes(408, "The request did not arrive in time", *connection);
      (void)send_all(fd, bytes, milliseconds(0));
    }
    connection->closing = true;
    connection->deadline = kNever;
    ::shutdown(fd, SHUT_RDWR);
  }
}

void Core::drain(milliseconds deadline) {
  draining_ = true;
  const auto end = steady_clock::now() + deadline;
  while (in_flight_ > 0 && steady_clock::now() < end) std::this_thread::sleep_for(milliseconds(5));
}

/// After the workers have ended: the library does not close what was open then.
void Core::close_all() {
  const std::scoped_lock lock(mutex_);
  for (const auto& [fd, connection] : connections_) ::close(fd);
  connections_.clear();
}

/// One copy a worker. An exception that leaves one of its functions would end the process.
class Worker : public Pistache::Tcp::Handler {
 public:
  explicit Worker(std::shared_ptr<Core> core) : core_(std::move(core)) {}

  std::shared_ptr<Pistache::Tcp::Handler> clone() const override { return std::make_shared<Worker>(core_); }

  void onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
    try {
      if (auto connection = core_->open(peer->fd(), peer->address().host()))
        peer->putData(kConnectionKey, std::move(connection));
    } catch (...) {
      ::shutdown(peer->fd(), SHUT_RDWR);
    }
  }

  void onInput(const char* bytes, std::size_t length,
               const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
    try {
      if (const auto connection = find(*peer)) core_->receive(*connection, {bytes, length});
    } catch (...) {
      ::shutdown(peer->fd(), SHUT_RDWR);
    }
  }

  void onDisconnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
    if (const auto connection = find(*peer)) core_->close(*connection);
  }

 private:
  static std::shared_ptr<Connection> find(const Pistache::Tcp::Peer& peer) {
    return std::static_pointer_cast<Connection>(peer.tryGetData(kConnectionKey));
  }

  std::shared_ptr<Core> core_;
};

}  // namespace

struct Server::Impl {
  std::shared_ptr<Core> core;
  std::unique_ptr<Pistache::Tcp::Listener> listener;
  std::mutex mutex;
  std::condition_variable_any stop_asked;
  std::jthread sweeper;

  void sweep_until(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (!stop_asked.wait_for(lock, stop, kSweepInterval, [&] { return stop.stop_requested(); }))
      core->sweep();
  }
};

Server::Server(ServerOptions options, Handler handler, ErrorHandler on_error)
    : impl_(std::make_unique<Impl>()) {
  impl_->core = std::make_shared<Core>(std::move(options), std::move(handler), std::move(on_error));
}

Server::~Server() {
  stop(milliseconds(0));
}

void Server::start() {
  using Pistache::Tcp::Options;
  const auto& options = impl_->core->options();
  const auto where = options.host + " port " + std::to_string(options.port);
  try {
    const Pistache::Address address(options.host, Pistache::Port(options.port));
    impl_->listener = std::make_unique<Pistache::Tcp::Listener>(address);
    impl_->listener->init(
        static_cast<std::size_t>(options.threads),
        Pistache::Flags<Options>(Options::ReuseAddr | Options::NoDelay | Options::CloseOnExec), "http",
        options.backlog);
    impl_->listener->setHandler(std::make_shared<Worker>(impl_->core));
    impl_->listener->bind();
    impl_->listener->runThreaded();
  } catch (const std::exception& error) {
    impl_->listener.reset();
    throw std::runtime_error("can't listen on " + where + ": " + error.what());
  }
  impl_->sweeper =
      std::jthread([impl = impl_.get()](const std::stop_token& stop) { impl->sweep_until(stop); });
}

std::uint16_t Server::port() const {
  return impl_->listener->getPort();
}

void Server::stop(milliseconds deadline) {
  if (!impl_->listener) return;
  impl_->core->drain(deadline);
  impl_->sweeper = {};
  impl_->listener->shutdown();
  impl_->listener.reset();
  impl_->core->close_all();
}

}  // namespace common::http
