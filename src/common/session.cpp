#include "common/session.hpp"

namespace common {

Session::Session(std::string_view url, const SessionOptions& options, OnConnect on_connect)
    : connection_string_(connection_string(url, options)),
      on_connect_(std::move(on_connect)),
      answers_(options.answer_timeout) {}

void Session::connect() {
  auto fresh = std::make_unique<pqxx::connection>(connection_string_);
  if (on_connect_) answers_.within(fresh->sock(), [&] { on_connect_(*fresh); });
  connection_ = std::move(fresh);
}

}  // namespace common
