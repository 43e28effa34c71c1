#include "api/problem.hpp"

#include <gtest/gtest.h>

namespace api {
namespace {

TEST(Problem, has_the_members_of_rfc_9457_and_the_correlation_id) {
  const auto response = to_response({404, "No such.", "/admin/x", "c-1", {}});
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(
      response.body,
      R"({"type":"about:blank","title":"Not Found","status":404,"detail":"No such.","instance":"/admin/x","correlation_id":"c-1"})");
}

TEST(Problem, lists_every_error_of_a_bad_request) {
  const auto response = to_response({400, "a; b", "", "c-1", {"a", "b"}});
  EXPECT_EQ(
      response.body,
      R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"a; b","correlation_id":"c-1","errors":["a","b"]})");
}

TEST(Problem, hostile_text_stays_inside_its_string) {
  const auto response = to_response({400, "\"}\n", "\xFF", "c", {}});
  EXPECT_EQ(response.body,
            "{\"type\":\"about:blank\",\"title\":\"Bad "
            "Request\",\"status\":400,\"detail\":\"\\\"}\\n\",\"instance\":\"\xEF\xBF\xBD\",\"correlation_"
            "id\":\"c\"}");
}

}  // namespace
}  // namespace api
