#include "common/http.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pistache/peer.h>
#include <pistache/reactor.h>
#include <pistache/transport.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <exception>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

#include "common/http_connections.hpp"

// Pistache gives the worker threads and their epoll loops. Its HTTP layer is not used: its parser refuses
// legal headers with 500 and drops pipelined requests, and its write queue can hand an answer to another
// client, because it knows connections by file descriptor only, and those are reused. Nor is its listener: it
// accepts in a thread of its own, and hands connections to the workers by a queue that first looks for one
// and then takes the sign that there is one. What comes in between waits until the next connection comes.

namespace common::http {
namespace {

constexpr const char* kConnectionKey = "connection";

/// One copy a thread. An exception that leaves one of its functions would end the process. The descriptor is
/// the library's, which closes it after onDisconnection(), when recv() has reported the end.
class Worker : public Pistache::Tcp::Handler {
 public:
  explicit Worker(std::shared_ptr<Connections> connections) : connections_(std::move(connections)) {}

  std::shared_ptr<Pistache::Tcp::Handler> clone() const override {
    return std::make_shared<Worker>(connections_);
  }

  void onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
    try {
      if (auto connection = connections_->open(peer->fd(), peer->address().host()))
        peer->putData(kConnectionKey, std::move(connection));
    } catch (...) {
      ::shutdown(peer->fd(), SHUT_RDWR);
    }
  }

  void onInput(const char* bytes, std::size_t length,
               const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
    try {
      if (const auto connection = find(*peer)) connections_->receive(connection, {bytes, length});
    } catch (...) {
      ::shutdown(peer->fd(), SHUT_RDWR);
    }
  }

  void onDisconnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
    if (const auto connection = find(*peer)) connections_->close(connection);
  }

 private:
  static std::shared_ptr<Connection> find(const Pistache::Tcp::Peer& peer) {
    return std::static_pointer_cast<Connection>(peer.tryGetData(kConnectionKey));
  }

  std::shared_ptr<Connections> connections_;
};

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

/// Throws std::runtime_error.
Addresses addresses_of(const ServerOptions& options) {
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const auto port = std::to_string(options.port);
  const int failure = ::getaddrinfo(options.host.c_str(), port.c_str(), &hints, &found);
  if (failure != 0) throw std::runtime_error(::gai_strerror(failure));
  return {found, &::freeaddrinfo};
}

/// A socket that all workers accept from.
class Listener {
 public:
  /// Throws std::runtime_error.
  explicit Listener(const ServerOptions& options) {
    const auto address = addresses_of(options);
    fd_ = ::socket(address->ai_family, address->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    const bool listens = fd_ >= 0 && ::setsockopt(fd_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                         // Those accepted inherit it.
                         ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 &&
                         ::bind(fd_, address->ai_addr, address->ai_addrlen) == 0 &&
                         ::listen(fd_, options.backlog) == 0;
    if (listens) return;
    const std::system_error error(errno, std::generic_category());
    if (fd_ >= 0) ::close(fd_);
    throw error;
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { ::close(fd_); }

  [[nodiscard]] int fd() const { return fd_; }

  /// Clients are refused from now on; every worker is told by an event, and may still ask for the descriptor.
  void close() {
    is_closed_ = true;
    ::shutdown(fd_, SHUT_RDWR);
  }
  [[nodiscard]] bool is_closed() const { return is_closed_; }

  [[nodiscard]] std::uint16_t port() const {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::system_error(errno, std::generic_category(), "getsockname");
    // It is at the same place in addresses of both families.
    return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
  }

  /// A connection that waits; null when another worker was faster, or it can't be had.
  [[nodiscard]] std::shared_ptr<Pistache::Tcp::Peer> accept() const {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    const int fd = ::accept4(fd_, any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return nullptr;
    try {
      return Pistache::Tcp::Peer::Create(fd, Pistache::Address::fromUnix(any));
    } catch (...) {  // what left this thread would end the process
      ::close(fd);
      return nullptr;
    }
  }

 private:
  int fd_ = -1;
  std::atomic<bool> is_closed_ = false;
};

/// The epoll loop of a worker, which accepts its connections itself.
class Loop : public Pistache::Tcp::Transport {
 public:
  Loop(std::shared_ptr<Connections> connections, std::shared_ptr<Listener> listener)
      : Transport(std::make_shared<Worker>(connections)),
        connections_(std::move(connections)),
        listener_(std::move(listener)) {}

  std::shared_ptr<Pistache::Aio::Handler> clone() const override {
    return std::make_shared<Loop>(connections_, listener_);
  }

  void registerPoller(Pistache::Polling::Epoll& poller) override {
    Transport::registerPoller(poller);
    poller_ = &poller;
    poller.addFd(listener_->fd(), Pistache::Flags(NotifyOn::Read), tag());
  }

  void onReady(const Pistache::Aio::FdSet& ready) override {
    const auto is_listener = [this](const auto& entry) { return entry.getTag() == tag(); };
    if (std::none_of(ready.begin(), ready.end(), is_listener)) return Transport::onReady(ready);
    if (listener_->is_closed()) {
      poller_->removeFd(listener_->fd());
    } else {
      accept_one();
    }
    std::vector<Pistache::Polling::Event> others;
    for (const auto& entry : ready) {
      if (is_listener(entry)) continue;
      auto& event = others.emplace_back(entry.getTag());
      if (entry.isReadable()) event.flags.setFlag(NotifyOn::Read);
      if (entry.isWritable()) event.flags.setFlag(NotifyOn::Write);
      if (entry.isHangup()) event.flags.setFlag(NotifyOn::Hangup);
    }
    Transport::onReady(Pistache::Aio::FdSet(std::move(others)));
  }

 private:
  using NotifyOn = Pistache::Polling::NotifyOn;

  [[nodiscard]] Pistache::Polling::Tag tag() const {
    return Pistache::Polling::Tag(static_cast<std::uint64_t>(listener_->fd()));
  }

  /// The others that wait are for the workers that were woken with this one, or for the next turn.
  void accept_one() {
    const auto peer = listener_->accept();
    if (peer) handleNewPeer(peer);
  }

  std::shared_ptr<Connections> connections_;
  std::shared_ptr<Listener> listener_;
  Pistache::Polling::Epoll* poller_ = nullptr;  ///< of this worker, which outlives its handlers
};

}  // namespace

struct Server::Impl {
  std::shared_ptr<Connections> connections;
  std::shared_ptr<Listener> listener;
  std::shared_ptr<Pistache::Aio::Reactor> workers;
  std::jthread tender;
};

Server::Server(ServerOptions options, Handler handler, ErrorHandler on_error)
    : impl_(std::make_unique<Impl>()) {
  impl_->connections =
      std::make_shared<Connections>(std::move(options), std::move(handler), std::move(on_error));
}

Server::~Server() {
  stop(std::chrono::milliseconds(0));
}

void Server::start() {
  const auto& options = impl_->connections->options();
  try {
    impl_->listener = std::make_shared<Listener>(options);
    impl_->workers = Pistache::Aio::Reactor::create();
    impl_->workers->init(Pistache::Aio::AsyncContext(static_cast<std::size_t>(options.threads), "http"));
    impl_->workers->addHandler(std::make_shared<Loop>(impl_->connections, impl_->listener));
    impl_->workers->run();
  } catch (const std::exception& error) {
    impl_->workers.reset();
    impl_->listener.reset();
    const auto where = options.host + " port " + std::to_string(options.port);
    throw std::runtime_error("can't listen on " + where + ": " + error.what());
  }
  impl_->tender = std::jthread(
      [connections = impl_->connections](const std::stop_token& stop) { connections->tend(stop); });
}

std::uint16_t Server::port() const {
  return impl_->listener->port();
}

void Server::stop(std::chrono::milliseconds deadline) {
  if (!impl_->listener) return;
  const auto end = std::chrono::steady_clock::now() + deadline;
  impl_->connections->start_draining();
  // Before anything is waited for: while new clients come there may be no moment without a request in work.
  impl_->listener->close();
  impl_->connections->drain(end);
  impl_->workers->shutdown();
  impl_->workers.reset();
  impl_->listener.reset();
  impl_->connections->drain(end);  // what was read until then
  impl_->tender = {};
  impl_->connections->close_all();
}

}  // namespace common::http
