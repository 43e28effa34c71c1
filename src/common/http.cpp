#include "common/http.hpp"

#include <pistache/listener.h>
#include <pistache/peer.h>
#include <sys/socket.h>

#include <exception>
#include <stdexcept>
#include <thread>

#include "common/http_connections.hpp"

// Pistache gives the listener, the worker threads and their epoll loops. Its HTTP layer is not used: its
// parser refuses legal headers with 500 and drops pipelined requests, and its write queue can hand an answer
// to another client, because it knows connections by file descriptor only, and those are reused.

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

}  // namespace

struct Server::Impl {
  std::shared_ptr<Connections> connections;
  std::unique_ptr<Pistache::Tcp::Listener> listener;
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
  using Pistache::Tcp::Options;
  const auto& options = impl_->connections->options();
  const auto where = options.host + " port " + std::to_string(options.port);
  try {
    const Pistache::Address address(options.host, Pistache::Port(options.port));
    impl_->listener = std::make_unique<Pistache::Tcp::Listener>(address);
    impl_->listener->init(
        static_cast<std::size_t>(options.threads),
        Pistache::Flags<Options>(Options::ReuseAddr | Options::NoDelay | Options::CloseOnExec), "http",
        options.backlog);
    impl_->listener->setHandler(std::make_shared<Worker>(impl_->connections));
    impl_->listener->bind();
    impl_->listener->runThreaded();
  } catch (const std::exception& error) {
    impl_->listener.reset();
    throw std::runtime_error("can't listen on " + where + ": " + error.what());
  }
  impl_->tender = std::jthread(
      [connections = impl_->connections](const std::stop_token& stop) { connections->tend(stop); });
}

std::uint16_t Server::port() const {
  return impl_->listener->getPort();
}

void Server::stop(std::chrono::milliseconds deadline) {
  if (!impl_->listener) return;
  const auto end = std::chrono::steady_clock::now() + deadline;
  impl_->connections->drain(end);
  impl_->listener->shutdown();
  impl_->listener.reset();
  impl_->connections->drain(end);  // what was read until then
  impl_->tender = {};
  impl_->connections->close_all();
}

}  // namespace common::http
