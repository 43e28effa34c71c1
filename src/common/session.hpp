#pragma once

#include <functional>
#include <memory>
#include <pqxx/connection>
#include <string>
#include <string_view>
#include <utility>

#include "common/answer_timeout.hpp"
#include "common/database.hpp"

namespace common {

/// A connection to the database that is made when it is needed, and whose answers are waited for no longer
/// than SessionOptions::answer_timeout. One thread.
class Session {
 public:
  using OnConnect = std::function<void(pqxx::connection&)>;

  /// Does not connect yet. `url` is that of connection_string(); `on_connect` prepares each new connection.
  Session(std::string_view url, const SessionOptions& options, OnConnect on_connect = {});

  /// What `work` makes of the connection. Throws what `work` and libpqxx throw, or NoAnswer; whether the
  /// connection is good for more is then the caller's to say.
  template <class Work>
  auto run(Work&& work) {
    if (!connection_) connect();
    return answers_.within(connection_->sock(), [&] { return std::forward<Work>(work)(*connection_); });
  }

  [[nodiscard]] bool is_connected() const { return connection_ != nullptr; }
  /// The next run() has a new connection.
  void disconnect() { connection_.reset(); }

 private:
  void connect();

  const std::string connection_string_;
  const OnConnect on_connect_;
  AnswerTimeout answers_;
  std::unique_ptr<pqxx::connection> connection_;
};

}  // namespace common
