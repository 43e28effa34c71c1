#include "api/pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace api {
namespace {

using common::http::Request;
using common::http::Response;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Response get(std::string_view path, std::string accepted = "") {
  Request request;
  request.method = "GET";
  if (!accepted.empty()) request.headers.push_back({"Accept-Encoding", std::move(accepted)});
  return to_response(*find_page(path), request);
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(Pages, are_found_by_their_exact_path) {
  for (const auto* path : {"/docs", "/redoc", "/openapi.json"}) EXPECT_NE(find_page(path), nullptr) << path;
  for (const auto* path : {"/docs/", "/doc", "/Docs", "/docs/..", "/docs/%73tart.js", "/"})
    EXPECT_EQ(find_page(path), nullptr) << path;
}

TEST(Pages, say_what_they_are) {
  EXPECT_EQ(get("/openapi.json").content_type, "application/json");
  EXPECT_EQ(get("/docs").content_type, "text/html; charset=utf-8");
  EXPECT_EQ(get("/docs/start.js").content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(get("/docs/swagger-ui.css").content_type, "text/css; charset=utf-8");
  EXPECT_EQ(get("/docs/favicon.png").content_type, "image/png");
}

TEST(Pages, are_compressed_for_whom_takes_it) {
  constexpr std::string_view kGzip = "\x1f\x8b";
  for (const auto* accepted : {"gzip", "br, GZIP;q=0.5", "deflate,gzip;q=1.0"}) {
    const auto response = get("/openapi.json", accepted);
    EXPECT_EQ(header(response, "Content-Encoding"), "gzip") << accepted;
    EXPECT_THAT(response.body, StartsWith(std::string(kGzip))) << accepted;
  }
  for (const auto* accepted : {"", "identity", "br", "gzip;q=0", "gzip; q=0.0, br", "xgzip"}) {
    const auto response = get("/openapi.json", accepted);
    EXPECT_EQ(header(response, "Content-Encoding"), "") << accepted;
    EXPECT_THAT(response.body, StartsWith("{\"openapi\": \"3.1.0\"")) << accepted;
  }
}

TEST(Pages, caches_are_told_that_the_compressed_form_is_another) {
  for (const auto& page : pages()) EXPECT_EQ(header(get(page.path), "Vary"), "Accept-Encoding") << page.path;
}

TEST(Pages, run_nothing_that_is_not_from_here_and_are_in_no_frame) {
  for (const auto& page : pages()) {
    const auto response = get(page.path);
    const auto policy = header(response, "Content-Security-Policy");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'")) << page.path;
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'")) << page.path;
    EXPECT_THAT(policy, Not(HasSubstr("unsafe"))) << page.path;
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff") << page.path;
    EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer") << page.path;
  }
}

TEST(Pages, are_asked_for_anew_but_for_what_they_load) {
  EXPECT_EQ(header(get("/docs"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(get("/openapi.json"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(get("/redoc/redoc.standalone.js"), "Cache-Control"), "public, max-age=3600");
}

}  // namespace
}  // namespace api
