#include "api/request_fields.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace api {
namespace {

using ::testing::ElementsAre;

common::http::Request with(std::vector<common::http::Header> headers, std::string body = "") {
  common::http::Request request;
  request.headers = std::move(headers);
  request.body = std::move(body);
  return request;
}

int status_of_batch(const std::string& body, const std::string& type = "application/json") {
  const auto ids = batch_ids_of(with({{"Content-Type", type}}, body));
  const auto* bad = std::get_if<BadField>(&ids);
  return bad == nullptr ? 200 : bad->status;
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

TEST(AccessReason, is_text_of_at_most_200_characters) {
  const auto reason = [](const std::string& sent) {
    return access_reason_of(with({{"X-Access-Reason", sent}}));
  };
  EXPECT_EQ(std::get<0>(reason("CASE-1 \xED\x95\x9C")), "CASE-1 \xED\x95\x9C");
  EXPECT_EQ(std::get<0>(reason("")), std::nullopt);
  EXPECT_EQ(std::get<0>(access_reason_of(with({}))), std::nullopt);
  for (const auto& bad : {std::string("\xFF"), std::string("a\tb"), std::string(201, 'a')})
    EXPECT_EQ(std::get<BadField>(reason(bad)).status, 400) << bad;
}

TEST(Csv, is_wanted_when_named_before_json) {
  const auto wanted = [](const std::string& accept) { return wants_csv(with({{"Accept", accept}})); };
  EXPECT_TRUE(wanted("text/csv"));
  EXPECT_TRUE(wanted("Text/CSV; charset=utf-8, application/json"));
  EXPECT_FALSE(wanted("application/json, text/csv"));
  EXPECT_FALSE(wanted("*/*"));
  EXPECT_TRUE(wanted("application/json;q=0.1, text/csv"));
  EXPECT_TRUE(wanted("application/json;q=0.12, text/csv ; header=present ; Q=0.125"));
  EXPECT_FALSE(wanted("text/csv;q=0.9, */*"));
  EXPECT_FALSE(wanted("text/csv;q=0, application/xml"));
  EXPECT_FALSE(wanted("text/csv;q=0.000"));
  EXPECT_TRUE(wanted("text/csv;q=, application/json;q=0.5"));
  EXPECT_FALSE(wanted(",,;"));
  EXPECT_FALSE(wants_csv(with({})));
}

TEST(BatchIds, are_read_in_their_order_and_decoded_once) {
  const auto ids = batch_ids_of(with({{"content-type", "application/json; charset=utf-8"}},
                                     R"({"tx_ids": ["b", "a", "b", "\u00e9"]})"));
  EXPECT_THAT(std::get<0>(ids), ElementsAre("b", "a", "b", "\xC3\xA9"));
}

TEST(BatchIds, of_any_other_shape_are_a_bad_request) {
  for (const auto* body :
       {"", "[]", "{}", "{\"tx_ids\":[]}", "{\"tx_ids\":[1]}", "{\"tx_ids\":[null]}", "{\"tx_ids\":\"a\"}",
        "{\"tx_ids\":[[\"a\"]]}", "{\"tx_ids\":[\"\"]}", "{\"tx_ids\":[\"a\"],\"x\":1}", "{\"x\":[\"a\"]}",
        "{\"tx_ids\":[\"a\"],\"tx_ids\":[\"b\"]}", "{\"tx_ids\":[\"a\"]} x", "{\"tx_ids\":[\"a\\u0000b\"]}",
        "{\"tx_ids\":[\"\xFF\"]}", "{\"tx_ids\":[\"a\"", "\"tx_ids\"", "{\"tx_ids\":[1e99999999999]}"}) {
    EXPECT_EQ(status_of_batch(body), 400) << body;
  }
}

TEST(BatchIds, are_at_most_100_of_at_most_200_characters) {
  const auto body = [](int count, std::size_t size) {
    std::string ids;
    for (int i = 0; i < count; ++i) ids += (i == 0 ? "\"" : ",\"") + std::string(size, 'a') + "\"";
    return "{\"tx_ids\":[" + ids + "]}";
  };
  EXPECT_EQ(status_of_batch(body(100, 200)), 200);
  EXPECT_EQ(status_of_batch(body(101, 1)), 400);
  EXPECT_EQ(status_of_batch(body(1, 201)), 400);
}

TEST(BatchIds, of_a_deep_body_do_not_recurse) {
  EXPECT_EQ(status_of_batch("{\"tx_ids\":" + std::string(100'000, '[')), 400);
}

TEST(BatchIds, must_say_that_they_are_json) {
  EXPECT_EQ(status_of_batch("{\"tx_ids\":[\"a\"]}", "text/plain"), 415);
  EXPECT_EQ(std::get<BadField>(batch_ids_of(with({}, "{}"))).status, 415);
}

}  // namespace
}  // namespace api
