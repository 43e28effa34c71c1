#include "api/actor.hpp"

#include <gtest/gtest.h>

namespace api {
namespace {

common::http::Request with(std::vector<common::http::Header> headers) {
  common::http::Request request;
  request.headers = std::move(headers);
  return request;
}

int refused(std::vector<common::http::Header> headers) {
  const auto actor = actor_as_sent(with(std::move(headers)));
  const auto* refusal = std::get_if<Refusal>(&actor);
  return refusal == nullptr ? 0 : refusal->status;
}

TEST(Actor, without_headers_it_is_local_and_may_read) {
  const auto actor = std::get<Actor>(actor_as_sent(with({})));
  EXPECT_EQ(actor.id, "local");
  EXPECT_EQ(actor.roles, "ADMIN_READ");
}

TEST(Actor, is_taken_as_sent) {
  const auto actor = std::get<Actor>(
      actor_as_sent(with({{"X-Actor-Id", "\xED\x95\x9C"}, {"x-actor-roles", " OPS ,, ADMIN_AUDIT"}})));
  EXPECT_EQ(actor.id, "\xED\x95\x9C");
  EXPECT_EQ(actor.roles, "OPS,ADMIN_AUDIT");
}

TEST(Actor, roles_without_a_reading_one_are_forbidden) {
  for (const auto* roles : {"", "OPS", "admin_read", "ADMIN_READER", "XADMIN_READ", ","})
    EXPECT_EQ(refused({{"X-Actor-Roles", roles}}), 403) << roles;
}

TEST(Actor, text_that_is_hostile_or_too_long_is_a_bad_request) {
  EXPECT_EQ(refused({{"X-Actor-Id", "\xFF"}}), 400);
  EXPECT_EQ(refused({{"X-Actor-Id", "a\tb"}}), 400);
  EXPECT_EQ(refused({{"X-Actor-Id", std::string(201, 'a')}}), 400);
  EXPECT_EQ(refused({{"X-Actor-Roles", "ADMIN_READ," + std::string(1000, 'a')}}), 400);
}

TEST(CorrelationId, is_taken_from_the_request_when_fit) {
  EXPECT_EQ(correlation_id_of(with({{"x-correlation-id", "abc-1"}})), "abc-1");
  EXPECT_EQ(correlation_id_of(with({{"X-Correlation-ID", std::string(128, 'a')}})), std::string(128, 'a'));
}

TEST(CorrelationId, is_made_when_missing_or_unfit) {
  for (const auto& sent :
       {std::string(), std::string("a b"), std::string("\xC2\xA2"), std::string(129, 'a')}) {
    EXPECT_EQ(correlation_id_of(with({{"X-Correlation-ID", sent}})).size(), 36U) << sent;
  }
}

}  // namespace
}  // namespace api
