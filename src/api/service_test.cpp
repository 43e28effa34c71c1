#include "api/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/auth/sent_actor.hpp"

namespace api {
namespace {

using common::http::Header;
using common::http::Request;
using common::http::Response;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

/// Answers what the test wants and remembers what it was asked.
class FakeLookups : public LookupSource {
 public:
  void find(LookupRequest request, Done done) override {
    ++calls;
    asked = std::move(request);
    if (broken) throw std::runtime_error("select secret");
    fault ? done(*fault) : done(answer);
  }

  void record_denial(LookupRequest request, const Endpoint& endpoint, Done done) override {
    if (fault) return done(*fault);
    denied.push_back(request.actor_id + " " + std::string(endpoint.action) + " " + request.id);
    asked = std::move(request);
    done(LookupAnswer{403, {}, std::nullopt});
  }

  int calls = 0;
  std::vector<std::string> denied;
  bool broken = false;
  LookupRequest asked;
  LookupAnswer answer{200, "{}", std::nullopt};
  std::optional<common::Fault> fault;
};

/// What the service answers at once, which it does when its lookups do.
Response answer_of(Service& service, const Request& request) {
  std::optional<Response> answer;
  service.handle(request, [&answer](Response response) {
    EXPECT_FALSE(answer) << "a second answer";
    answer = std::move(response);
  });
  EXPECT_TRUE(answer) << "no answer";
  return answer.value_or(Response{});
}

class ServiceTest : public ::testing::Test {
 protected:
  explicit ServiceTest(RateLimitOptions rate_limit = {})
      : service_({.trusted_proxies = {}, .masked_query_keys = {"token"}, .rate_limit = rate_limit}, actor_,
                 lookups_, metrics_) {}

  Response get(std::string path, std::string query = "", std::vector<Header> headers = {},
               std::string method = "GET") {
    Request request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.query = std::move(query);
    request.headers = std::move(headers);
    request.peer = "127.0.0.1";
    return answer_of(service_, request);
  }

  static std::string header(const Response& response, std::string_view name) {
    for (const auto& header : response.headers) {
      if (header.name == name) return header.value;
    }
    return "";
  }

  void fail_with(std::string sqlstate) {
    common::Fault fault;
    fault.sqlstate = std::move(sqlstate);
    fault.detail = "select secret";
    lookups_.fault = fault;
  }

  FakeLookups lookups_;
  common::Metrics metrics_;
  SentActor actor_;
  Service service_;
};

TEST_F(ServiceTest, an_answer_of_the_database_is_passed_through) {
  lookups_.answer = {200, R"({"tx_id":"a/b"})", std::nullopt};
  const auto response = get("/admin/tx/a%2Fb", "token=s",
                            {{"User-Agent", "curl"}, {"X-Actor-Id", "me"}, {"X-Correlation-ID", "c-1"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(response.body, R"({"tx_id":"a/b"})");
  EXPECT_EQ(header(response, "X-Correlation-ID"), "c-1");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  EXPECT_EQ(lookups_.asked.id, "a/b");
  EXPECT_EQ(lookups_.asked.path, "/admin/tx/a%2Fb");
  EXPECT_EQ(lookups_.asked.query_text, "token=***");
  EXPECT_EQ(lookups_.asked.actor_id, "me");
  EXPECT_EQ(lookups_.asked.ip, "127.0.0.1");
  EXPECT_EQ(lookups_.asked.user_agent, "curl");
  EXPECT_EQ(lookups_.asked.correlation_id, "c-1");
}

TEST_F(ServiceTest, a_404_of_the_database_is_a_problem) {
  lookups_.answer = {404, "{}", std::nullopt};
  const auto response = get("/admin/tx/x");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/problem+json");
}

TEST_F(ServiceTest, head_is_looked_up_and_audited_as_head) {
  EXPECT_EQ(get("/admin/tx/x", "", {}, "HEAD").status, 200);
  EXPECT_EQ(lookups_.asked.method, "HEAD");
}

TEST_F(ServiceTest, what_is_refused_before_the_lookup_never_reaches_the_database) {
  EXPECT_EQ(get("/nope").status, 404);
  EXPECT_EQ(get("/admin/tx/%00").status, 400);
  EXPECT_EQ(get("/admin/wallets/w/tx", "limit=0").status, 400);
  EXPECT_EQ(get("/admin/tx/x", "", {{"X-Actor-Roles", "OPS"}}).status, 403);
  const auto not_allowed = get("/admin/tx/x", "", {}, "POST");
  EXPECT_EQ(not_allowed.status, 405);
  EXPECT_EQ(header(not_allowed, "Allow"), "GET, HEAD");
  EXPECT_EQ(lookups_.calls, 0);
}

TEST_F(ServiceTest, a_missing_role_is_named_and_the_denial_recorded) {
  const auto response =
      get("/admin/audit-logs", "", {{"X-Actor-Id", "eve"}, {"X-Actor-Roles", "ADMIN_READ"}});
  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(response.body, HasSubstr("ADMIN_AUDIT"));
  EXPECT_THAT(lookups_.denied, ElementsAre("eve ADMIN_AUDIT_LOG_LOOKUP "));
}

TEST_F(ServiceTest, a_denial_is_recorded_with_its_reason_and_what_was_asked_for) {
  const auto denied_to_ops = [this](std::string reason, std::string query) {
    return get("/admin/lookup", std::move(query),
               {{"X-Actor-Roles", "OPS"}, {"X-Access-Reason", std::move(reason)}});
  };
  EXPECT_EQ(denied_to_ops("TICKET-9", "q=po-001").status, 403);
  EXPECT_EQ(lookups_.asked.access_reason, "TICKET-9");
  ASSERT_TRUE(lookups_.asked.query);
  EXPECT_THAT(lookups_.asked.query->filters, ElementsAre(Pair("q", "po-001")));

  EXPECT_EQ(denied_to_ops(std::string(201, 'x'), "").status, 403);
  EXPECT_EQ(lookups_.asked.access_reason, std::nullopt) << "what can't be read is left out";
}

TEST_F(ServiceTest, only_so_many_denials_of_an_actor_in_a_minute_are_recorded) {
  for (int i = 0; i < 11; ++i)
    EXPECT_EQ(get("/admin/tx/x", "", {{"X-Actor-Id", "eve"}, {"X-Actor-Roles", "OPS"}}).status, 403);
  EXPECT_EQ(lookups_.denied.size(), 10U);
  (void)get("/admin/tx/x", "", {{"X-Actor-Id", "bob"}, {"X-Actor-Roles", "OPS"}});
  EXPECT_EQ(lookups_.denied.size(), 11U);
}

TEST_F(ServiceTest, a_denial_that_can_not_be_recorded_is_a_denial_all_the_same) {
  fail_with("08006");
  EXPECT_EQ(get("/admin/tx/x", "", {{"X-Actor-Roles", "OPS"}}).status, 403);
}

TEST_F(ServiceTest, a_list_is_given_as_csv_to_who_wants_it) {
  lookups_.answer = {200, "tx_id\r\n", "next"};
  const auto response = get("/admin/wallets/w/tx", "", {{"Accept", "text/csv"}});
  EXPECT_EQ(response.content_type, "text/csv; charset=utf-8");
  EXPECT_EQ(header(response, "X-Next-Cursor"), "next");
  EXPECT_TRUE(lookups_.asked.wants_csv);
  EXPECT_EQ(get("/admin/tx/x", "", {{"Accept", "text/csv"}}).content_type, "application/json");
}

TEST_F(ServiceTest, a_batch_is_one_lookup_of_all_its_ids) {
  Request request;
  request.method = "POST";
  request.path = "/admin/tx:batchGet";
  request.headers = {{"Content-Type", "application/json"}};
  request.body = R"({"tx_ids":["a","b"]})";
  EXPECT_EQ(answer_of(service_, request).status, 200);
  EXPECT_THAT(lookups_.asked.tx_ids, ElementsAre("a", "b"));
  request.body = "{}";
  EXPECT_EQ(answer_of(service_, request).status, 400);
  EXPECT_EQ(lookups_.calls, 1);
}

TEST_F(ServiceTest, a_reason_is_passed_on_and_may_be_required) {
  (void)get("/admin/tx/x", "", {{"X-Access-Reason", "CASE-7"}});
  EXPECT_EQ(lookups_.asked.access_reason, "CASE-7");
  Service strict({.trusted_proxies = {}, .masked_query_keys = {}, .requires_reason = true}, actor_, lookups_,
                 metrics_);
  Request request;
  request.method = "GET";
  request.path = "/admin/tx/x";
  EXPECT_EQ(answer_of(strict, request).status, 400);
  request.headers = {{"X-Access-Reason", "CASE-7"}};
  EXPECT_EQ(answer_of(strict, request).status, 200);
}

TEST_F(ServiceTest, every_fault_of_the_query_is_in_one_answer) {
  const auto response = get("/admin/wallets/w/tx", "from=x&to=y&limit=z");
  for (const auto* name : {"from: ", "to: ", "limit: ", "\"errors\":["})
    EXPECT_THAT(response.body, HasSubstr(name));
}

TEST_F(ServiceTest, an_environment_that_fails_is_a_503_that_tells_nothing) {
  for (const auto* sqlstate : {"", "08006", "42501", "57014", "23505", "53300", "P0001"}) {
    fail_with(sqlstate);
    const auto response = get("/admin/tx/x");
    EXPECT_EQ(response.status, 503) << sqlstate;
    EXPECT_EQ(header(response, "Retry-After"), "1");
    EXPECT_THAT(response.body, Not(HasSubstr("secret")));
  }
}

TEST_F(ServiceTest, a_refusal_of_our_own_is_not_worth_a_retry) {
  fail_with("TX001");
  const auto response = get("/admin/tx/x");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(header(response, "Retry-After"), "");
}

TEST_F(ServiceTest, an_unexpected_exception_is_a_500_that_tells_nothing) {
  lookups_.broken = true;
  const auto response = get("/admin/tx/x", "", {{"X-Correlation-ID", "c-9"}});
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, Not(HasSubstr("secret")));
  EXPECT_THAT(response.body, HasSubstr("c-9"));
}

TEST_F(ServiceTest, a_user_agent_is_repaired_and_cut_for_the_database) {
  (void)get("/admin/tx/x", "", {{"User-Agent", "\xFF" + std::string(1000, 'a')}});
  EXPECT_EQ(lookups_.asked.user_agent->size(), 512U);
  EXPECT_TRUE(
      lookups_.asked.user_agent->starts_with("\xEF\xBF\xBD"
                                             "aa"));
  (void)get("/admin/tx/x");
  EXPECT_FALSE(lookups_.asked.user_agent);
}

TEST_F(ServiceTest, bytes_that_are_no_request_get_a_problem_with_a_correlation_id) {
  const auto response = service_.refuse(431, "too large", "127.0.0.1");
  EXPECT_EQ(response.status, 431);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(header(response, "X-Correlation-ID").size(), 36U);
  EXPECT_EQ(header(service_.refuse(503, "too many connections", "127.0.0.1"), "Retry-After"), "1");
}

TEST_F(ServiceTest, metrics_know_templates_and_no_ids) {
  (void)get("/admin/tx/secret-id");
  (void)get("/other/secret-path", "", {}, "BREW");
  const auto page = metrics_.render();
  EXPECT_THAT(page,
              HasSubstr(R"(api_requests_total{method="GET",route="/admin/tx/{tx_id}",status_code="200"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(api_requests_total{method="other",route="unmatched",status_code="404"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(api_requests_inflight{method="GET",route="/admin/tx/{tx_id}"} 0)"));
  EXPECT_THAT(page, Not(HasSubstr("secret")));
}

class LimitedServiceTest : public ServiceTest {
 protected:
  LimitedServiceTest() : ServiceTest({.limit = 1}) {}
};

TEST_F(LimitedServiceTest, one_too_many_is_refused_before_the_lookup) {
  const auto first = get("/admin/tx/x");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(header(first, "RateLimit-Policy"), "\"actor\";q=1;w=60");
  EXPECT_EQ(header(first, "RateLimit"), "\"actor\";r=0;t=60");
  const auto refused = get("/admin/tx/x");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.content_type, "application/problem+json");
  EXPECT_NE(header(refused, "Retry-After"), "");
  EXPECT_EQ(lookups_.calls, 1);
}

TEST_F(LimitedServiceTest, actors_do_not_spend_what_others_have) {
  EXPECT_EQ(get("/admin/tx/x", "", {{"X-Actor-Id", "me"}}).status, 200);
  EXPECT_EQ(get("/admin/tx/x", "", {{"X-Actor-Id", "you"}}).status, 200);
}

TEST_F(ServiceTest, without_a_limit_there_are_no_headers_of_it) {
  EXPECT_EQ(header(get("/admin/tx/x"), "RateLimit"), "");
}

TEST_F(ServiceTest, a_page_is_for_everybody_and_may_be_kept) {
  const auto response = get("/docs", "", {{"X-Actor-Roles", "NONE"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
  EXPECT_NE(header(response, "X-Correlation-ID"), "");
  EXPECT_EQ(lookups_.calls, 0);
}

TEST_F(ServiceTest, a_page_that_is_posted_to_is_not_kept) {
  const auto response = get("/docs", "", {}, "POST");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
}

}  // namespace
}  // namespace api
