#include "api/actor.hpp"

#include <algorithm>

#include "common/text.hpp"

namespace api {
namespace {

bool is_visible_text(std::string_view text, std::size_t max_bytes) {
  return text.size() <= max_bytes && common::is_utf8(text) && !common::has_control_characters(text);
}

/// Drops white space around the roles and empty ones.
std::string tidy(std::string_view roles) {
  std::string tidied;
  while (!roles.empty()) {
    auto role = roles.substr(0, roles.find(','));
    roles.remove_prefix(std::min(role.size() + 1, roles.size()));
    role.remove_prefix(std::min(role.find_first_not_of(' '), role.size()));
    role = role.substr(0, role.find_last_not_of(' ') + 1);
    if (role.empty()) continue;
    if (!tidied.empty()) tidied += ',';
    tidied += role;
  }
  return tidied;
}

bool may_read(const std::string& roles) {
  const auto listed = "," + roles + ",";
  return listed.find(",ADMIN_READ,") != std::string::npos ||
         listed.find(",ADMIN_AUDIT,") != std::string::npos;
}

}  // namespace

std::variant<Actor, Refusal> actor_as_sent(const common::http::Request& request) {
  const auto* id = request.header("X-Actor-Id");
  const auto* roles = request.header("X-Actor-Roles");
  if (id != nullptr && !is_visible_text(*id, kMaxActorIdBytes)) {
    return Refusal{400, "X-Actor-Id must be UTF-8 of at most 200 bytes without control characters."};
  }
  if (roles != nullptr && !is_visible_text(*roles, kMaxActorRolesBytes)) {
    return Refusal{400, "X-Actor-Roles must be UTF-8 of at most 1000 bytes without control characters."};
  }
  Actor actor{id != nullptr && !id->empty() ? *id : "local", roles != nullptr ? tidy(*roles) : "ADMIN_READ"};
  if (!may_read(actor.roles)) return Refusal{403, "A lookup needs the role ADMIN_READ or ADMIN_AUDIT."};
  return actor;
}

std::string correlation_id_of(const common::http::Request& request) {
  const auto* sent = request.header("X-Correlation-ID");
  const bool fit = sent != nullptr && common::is_visible_ascii(*sent, kMaxCorrelationIdBytes);
  return fit ? *sent : common::make_uuid();
}

}  // namespace api
