#include "api/router.hpp"

#include <gtest/gtest.h>

namespace api {
namespace {

TEST(Router, the_three_lookups_are_found) {
  EXPECT_EQ(match("GET", "/admin/tx/tx-1").endpoint->lookup, Lookup::tx);
  EXPECT_EQ(match("GET", "/admin/payment-orders/po-1").endpoint->lookup, Lookup::payment_order);
  const auto route = match("HEAD", "/admin/wallets/w-1/tx");
  EXPECT_EQ(route.status, 200);
  EXPECT_EQ(route.endpoint->lookup, Lookup::wallet_tx);
  EXPECT_EQ(route.id, "w-1");
  EXPECT_EQ(route.name(), "/admin/wallets/{wallet_id}/tx");
}

TEST(Router, paths_without_an_id_are_found_as_they_are) {
  EXPECT_EQ(match("POST", "/admin/tx:batchGet").endpoint->lookup, Lookup::tx_batch);
  EXPECT_EQ(match("GET", "/admin/lookup").endpoint->lookup, Lookup::search);
  EXPECT_EQ(match("HEAD", "/admin/pairs").endpoint->lookup, Lookup::pairs);
  EXPECT_EQ(match("GET", "/admin/audit-logs").endpoint->lookup, Lookup::audit_logs);
  for (const auto* path : {"/admin/pairs/", "/admin/lookup/a", "/admin/tx:batchget"})
    EXPECT_EQ(match("GET", path).status, 404) << path;
}

TEST(Router, only_an_auditor_sees_the_audit_log) {
  const auto roles = match("GET", "/admin/audit-logs").endpoint->roles;
  EXPECT_EQ(std::vector(roles.begin(), roles.end()), std::vector<std::string_view>{"ADMIN_AUDIT"});
}

TEST(Router, other_paths_are_unknown) {
  for (const auto* path : {"", "/", "*", "/admin", "/admin/tx", "/admin/tx/", "/admin/tx/a/", "/admin/tx/a/b",
                           "//admin/tx/a", "/admin/wallets/w", "/admin/wallets//tx", "/admin/wallets/tx",
                           "/admin/wallets/a/b/tx", "/ADMIN/tx/a", "/admin/t%78/a"}) {
    EXPECT_EQ(match("GET", path).status, 404) << path;
    EXPECT_EQ(match("GET", path).name(), "unmatched") << path;
  }
}

TEST(Router, a_flood_of_slashes_is_just_unknown) {
  EXPECT_EQ(match("GET", std::string(100000, '/')).status, 404);
}

TEST(Router, other_methods_are_not_allowed_on_known_paths_only) {
  for (const auto* method : {"POST", "DELETE", "OPTIONS", "get", "BREW"}) {
    EXPECT_EQ(match(method, "/admin/tx/a").status, 405) << method;
    EXPECT_EQ(match(method, "/nope").status, 404) << method;
  }
}

TEST(Router, a_batch_is_posted) {
  EXPECT_EQ(match("GET", "/admin/tx:batchGet").status, 405);
}

TEST(Router, a_page_is_only_read) {
  EXPECT_NE(match("GET", "/docs").page, nullptr);
  EXPECT_NE(match("HEAD", "/docs").page, nullptr);
  const auto posted = match("POST", "/docs");
  EXPECT_EQ(posted.status, 405);
  EXPECT_EQ(posted.methods, "GET, HEAD");
}

TEST(Router, all_pages_have_one_name) {
  EXPECT_EQ(match("GET", "/docs").name(), "page");
  EXPECT_EQ(match("GET", "/redoc/start.js").name(), "page");
}

TEST(Router, an_id_is_decoded_once) {
  EXPECT_EQ(match("GET", "/admin/tx/a%2Fb%252Fc+d").id, "a/b%2Fc+d");
  EXPECT_EQ(match("GET", "/admin/wallets/a%2Fb/tx").id, "a/b");
  EXPECT_EQ(match("GET", "/admin/tx/%ED%95%9C\xEA\xB8\x80").id, "\xED\x95\x9C\xEA\xB8\x80");
}

TEST(Router, an_id_that_can_not_be_one_is_a_bad_request) {
  for (const auto* path : {"/admin/tx/%", "/admin/tx/%zz", "/admin/tx/a%00b", "/admin/tx/a%0Ab",
                           "/admin/tx/%FF", "/admin/tx/%C0%AF", "/admin/tx/%ED%A0%80", "/admin/tx/\xFF"}) {
    const auto route = match("GET", path);
    EXPECT_EQ(route.status, 400) << path;
    EXPECT_FALSE(route.detail.empty()) << path;
    EXPECT_EQ(route.name(), "/admin/tx/{tx_id}") << path;
  }
}

TEST(Router, an_id_has_at_most_200_characters_however_many_bytes) {
  std::string id;
  for (int i = 0; i < 200; ++i) id += "%E2%82%AC";
  EXPECT_EQ(match("GET", "/admin/tx/" + id).status, 200);
  EXPECT_EQ(match("GET", "/admin/tx/" + id + "a").status, 400);
}

}  // namespace
}  // namespace api
