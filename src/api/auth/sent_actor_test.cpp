#include "api/auth/sent_actor.hpp"

#include <gtest/gtest.h>

namespace api {
namespace {

std::variant<Actor, Refusal> authenticate(std::vector<common::http::Header> headers) {
  common::http::Request request;
  request.headers = std::move(headers);
  return SentActor().authenticate(request);
}

int refused(std::vector<common::http::Header> headers) {
  const auto actor = authenticate(std::move(headers));
  const auto* refusal = std::get_if<Refusal>(&actor);
  return refusal == nullptr ? 0 : refusal->status;
}

TEST(SentActor, without_headers_is_local_and_may_read) {
  const auto actor = std::get<Actor>(authenticate({}));
  EXPECT_EQ(actor.id, "local");
  EXPECT_EQ(actor.roles, "ADMIN_READ");
}

TEST(SentActor, is_taken_as_sent) {
  const auto actor = std::get<Actor>(
      authenticate({{"X-Actor-Id", "\xED\x95\x9C"}, {"x-actor-roles", " OPS ,, ADMIN_AUDIT"}}));
  EXPECT_EQ(actor.id, "\xED\x95\x9C");
  EXPECT_EQ(actor.roles, "OPS,ADMIN_AUDIT");
}

TEST(SentActor, whose_text_is_hostile_or_too_long_is_a_bad_request) {
  EXPECT_EQ(refused({{"X-Actor-Id", "\xFF"}}), 400);
  EXPECT_EQ(refused({{"X-Actor-Id", "a\tb"}}), 400);
  EXPECT_EQ(refused({{"X-Actor-Id", std::string(201, 'a')}}), 400);
  EXPECT_EQ(refused({{"X-Actor-Roles", "ADMIN_READ," + std::string(1000, 'a')}}), 400);
}

TEST(Actor, has_a_role_by_its_whole_name_only) {
  for (const auto* roles : {"", "OPS", "admin_read", "ADMIN_READER", "XADMIN_READ", ","})
    EXPECT_FALSE((Actor{"me", roles}.has_role("ADMIN_READ"))) << roles;
  EXPECT_TRUE((Actor{"me", "OPS,ADMIN_READ"}.has_role("ADMIN_READ")));
}

}  // namespace
}  // namespace api
