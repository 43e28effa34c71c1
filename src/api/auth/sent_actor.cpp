#include "api/auth/sent_actor.hpp"

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

Refusal bad_header(const std::string& name, std::size_t max_bytes) {
  return {.status = 400,
          .detail = name + " must be UTF-8 of at most " + std::to_string(max_bytes) +
                    " bytes without control characters.",
          .challenge = {},
          .reason = "bad_header"};
}

}  // namespace

std::variant<Actor, Refusal> SentActor::authenticate(const common::http::Request& request) {
  const auto* id = request.header("X-Actor-Id");
  const auto* roles = request.header("X-Actor-Roles");
  if (id != nullptr && !is_visible_text(*id, kMaxActorIdBytes))
    return bad_header("X-Actor-Id", kMaxActorIdBytes);
  if (roles != nullptr && !is_visible_text(*roles, kMaxActorRolesBytes))
    return bad_header("X-Actor-Roles", kMaxActorRolesBytes);
  return Actor{id != nullptr && !id->empty() ? *id : "local", roles != nullptr ? tidy(*roles) : "ADMIN_READ"};
}

}  // namespace api
