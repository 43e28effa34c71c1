#include "api/auth/actor.hpp"

namespace api {

bool Actor::has_role(std::string_view role) const {
  const auto listed = "," + roles + ",";
  return listed.find("," + std::string(role) + ",") != std::string::npos;
}

}  // namespace api
