#include "api/auth/token.hpp"

#include <gtest/gtest.h>

#include "api/auth/forge_test.hpp"

namespace api {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

constexpr std::string_view kHeader = R"({"alg":"RS256"})";
constexpr std::int64_t kNow = 1'800'000'000;

const TokenRules kRules{.issuer = "https://issuer.example",
                        .audiences = {"api://bo", "api://other"},
                        .algorithms = {Algorithm::rs256},
                        .leeway = 60s,
                        .role_claims = {"roles", "scp", "realm_access.roles"},
                        .actor_id_claims = {"oid", "sub"}};

/// A token whose signature nobody looks at.
std::string with_header(std::string_view header, std::string_view claims = "{}") {
  return forge::unsigned_token(header, claims) + ".c2ln";
}

std::string reason_of(const std::string& text) {
  const auto parsed = parse_token(text);
  const auto* fault = std::get_if<TokenFault>(&parsed);
  return fault == nullptr ? "good" : std::string(fault->reason);
}

/// Good claims with these set; a value of nothing takes the claim away.
std::string claims(std::map<std::string, std::string> changed = {}) {
  std::map<std::string, std::string> all{{"iss", R"("https://issuer.example")"},
                                         {"aud", R"("api://bo")"},
                                         {"exp", std::to_string(kNow + 300)},
                                         {"sub", R"("alice")"},
                                         {"roles", R"(["ADMIN_READ"])"}};
  for (auto& [name, value] : changed) all[name] = value;
  std::string text;
  for (const auto& [name, value] : all) {
    if (!value.empty()) text += (text.empty() ? "{\"" : ",\"") + name + "\":" + value;
  }
  return text + "}";
}

std::variant<Grant, TokenFault> grant(const std::string& text) {
  return grant_of(parse_strict_json(text).value(), kRules);
}

std::string refused(std::map<std::string, std::string> changed) {
  const auto granted = grant(claims(std::move(changed)));
  const auto* fault = std::get_if<TokenFault>(&granted);
  return fault == nullptr ? "good" : std::string(fault->reason);
}

Actor actor(std::map<std::string, std::string> changed) {
  return std::get<Grant>(grant(claims(std::move(changed)))).actor;
}

std::string at(std::int64_t now, std::map<std::string, std::string> changed) {
  const auto fault = fault_of_time(std::get<Grant>(grant(claims(std::move(changed)))), now, kRules.leeway);
  return fault ? std::string(fault->reason) : "valid";
}

TEST(Token, tells_its_parts) {
  const auto text = with_header(R"({"alg":"ES256","kid":"k1","typ":"at+jwt"})", R"({"iss":"x"})");
  const auto token = std::get<Token>(parse_token(text));
  EXPECT_EQ(token.algorithm, Algorithm::es256);
  EXPECT_EQ(token.kid, "k1");
  EXPECT_EQ(token.signed_part, text.substr(0, text.rfind('.')));
  EXPECT_EQ(token.signature, "c2ln");
  EXPECT_EQ(*token.claims.find("iss")->text(), "x");
}

TEST(Token, of_more_than_8_kilobytes_is_not_looked_at) {
  const auto filled = [](std::size_t bytes) {
    auto text = with_header(kHeader);
    text += std::string((bytes - text.size()) / 4 * 4, 'A');
    return text;
  };
  EXPECT_EQ(reason_of(filled(kMaxTokenBytes)), "good");
  EXPECT_EQ(reason_of(filled(kMaxTokenBytes + 4)), "malformed");
  EXPECT_EQ(reason_of(std::string(16 << 20, 'A')), "malformed");
}

TEST(Token, is_three_parts_of_base64url) {
  const auto good = with_header(kHeader);
  for (const auto& text : {""s, "."s, ".."s, "a.b"s, good + ".x", good + "=", good + "\n", " " + good,
                           good + "\xC3\xA9", good + "+", good + std::string(1, '\0'), good + "A",
                           "." + good.substr(1 + good.find('.')), "\xFF.\xFF.\xFF"s}) {
    EXPECT_EQ(reason_of(text), "malformed") << text;
  }
}

TEST(Token, is_made_of_strict_json_objects) {
  for (const auto& text :
       {with_header("[]"), with_header("x"), with_header(kHeader, "[]"), with_header(kHeader, "\"x\""),
        with_header(R"({"alg":"RS256","alg":"none"})"), with_header(R"({"alg":"RS256","\u0061lg":"none"})"),
        with_header(kHeader, R"({"sub":"a","sub":"b"})"), with_header(kHeader, "{} {}"),
        with_header(kHeader, "{\"sub\":\"\xFF\"}"), with_header(kHeader, R"({"sub":"a\u0000b"})"),
        with_header(kHeader, R"({"x":1.1e-2147483639})"),
        with_header(kHeader, "{\"x\":" + std::string(3000, '[') + std::string(3000, ']') + "}")}) {
    EXPECT_EQ(reason_of(text), "malformed") << text;
  }
}

TEST(Token, names_an_algorithm_that_needs_a_key_pair) {
  for (const auto* alg :
       {R"("none")", R"("None")", R"("")", R"("HS256")", R"("rs256")", R"("RS384")", R"("PS256")",
        R"("EdDSA")", R"("RS256 ")", "null", "1", R"(["RS256"])", R"({"RS256":1})"}) {
    EXPECT_EQ(reason_of(with_header("{\"alg\":"s + alg + "}")), "algorithm") << alg;
  }
  EXPECT_EQ(reason_of(with_header("{}")), "algorithm");
}

TEST(Token, with_critical_headers_is_refused) {
  for (const auto* crit :
       {R"(["exp"])", R"(["b64"],"b64":false)", "[]", "null", R"(["http://example.com/x"])"})
    EXPECT_EQ(reason_of(with_header(R"({"alg":"RS256","crit":)"s + crit + "}")), "header") << crit;
}

TEST(Token, has_the_type_of_an_access_token_or_none) {
  for (const auto* type : {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
    EXPECT_EQ(reason_of(with_header(R"({"alg":"RS256","typ":")"s + type + "\"}")), "good") << type;
  for (const auto* type : {R"("logout+jwt")", R"("dpop+jwt")", R"("")", "1", "null", R"(["JWT"])"})
    EXPECT_EQ(reason_of(with_header(R"({"alg":"RS256","typ":)"s + type + "}")), "header") << type;
}

TEST(Token, names_its_key_by_a_text) {
  for (const auto* kid : {"1", "null", R"(["k"])", R"({"k":1})"})
    EXPECT_EQ(reason_of(with_header(R"({"alg":"RS256","kid":)"s + kid + "}")), "header") << kid;
  EXPECT_EQ(std::get<Token>(parse_token(with_header(kHeader))).kid, std::nullopt);
}

TEST(Claims, make_an_actor) {
  const auto granted = std::get<Grant>(grant(claims({{"nbf", "5"}, {"iat", "7"}})));
  EXPECT_EQ(granted.actor.id, "alice");
  EXPECT_EQ(granted.actor.roles, "ADMIN_READ");
  EXPECT_EQ(granted.expires, kNow + 300);
  EXPECT_EQ(granted.valid_from, 7);
}

TEST(Claims, are_those_of_our_issuer_to_the_letter) {
  for (const auto* issuer :
       {"", R"("https://issuer.example/")", R"("https://ISSUER.example")", R"("https://issuer.example.evil")",
        R"(["https://issuer.example"])", "null", R"("")"}) {
    EXPECT_EQ(refused({{"iss", issuer}}), "issuer") << issuer;
  }
}

TEST(Claims, are_for_us) {
  for (const auto* audience : {R"("api://other")", R"(["x","api://bo"])", R"(["api://bo"])"})
    EXPECT_EQ(refused({{"aud", audience}}), "good") << audience;
  for (const auto* audience :
       {"", R"("")", R"("api://bo2")", R"("api://b")", R"("API://BO")", "[]", R"(["x"])", R"([["api://bo"]])",
        R"({"api://bo":1})", "1", "null", R"("api://bo api://other")"}) {
    EXPECT_EQ(refused({{"aud", audience}}), "audience") << audience;
  }
}

TEST(Claims, expire_at_a_whole_second) {
  for (const auto* time : {"", "1800000300.5", "1800000300.0", R"("1800000300")", "null", "true",
                           "[1800000300]", "9223372036854775808", "18446744073709551615"}) {
    EXPECT_EQ(refused({{"exp", time}}), "claims") << time;
  }
  for (const auto* name : {"nbf", "iat"}) {
    for (const auto* time : {"1.5", R"("1")", "null", "{}"})
      EXPECT_EQ(refused({{name, time}}), "claims") << name << time;
  }
}

TEST(Claims, expire_without_leeway) {
  EXPECT_EQ(at(kNow + 299, {}), "valid");
  EXPECT_EQ(at(kNow + 300, {}), "expired");
  EXPECT_EQ(at(kNow, {{"exp", "-1"}}), "expired");
  EXPECT_EQ(at(kNow, {{"exp", "-9223372036854775808"}}), "expired");
  EXPECT_EQ(at(kNow, {{"exp", "9223372036854775807"}}), "valid");
}

TEST(Claims, begin_with_leeway) {
  for (const auto* name : {"nbf", "iat"}) {
    EXPECT_EQ(at(kNow, {{name, std::to_string(kNow + 60)}}), "valid") << name;
    EXPECT_EQ(at(kNow, {{name, std::to_string(kNow + 61)}}), "not_yet_valid") << name;
    EXPECT_EQ(at(kNow, {{name, "9223372036854775807"}}), "not_yet_valid") << name;
    EXPECT_EQ(at(kNow, {{name, "-9223372036854775808"}}), "valid") << name;
  }
}

TEST(Claims, give_roles_as_a_list_or_a_text_or_within_another_claim) {
  EXPECT_EQ(actor({{"roles", R"("ADMIN_READ  OPS")"}}).roles, "ADMIN_READ,OPS");
  EXPECT_EQ(actor({{"roles", ""}, {"scp", R"("ADMIN_AUDIT")"}}).roles, "ADMIN_AUDIT");
  EXPECT_EQ(actor({{"scp", R"("ADMIN_READ X")"}}).roles, "ADMIN_READ,X");
  EXPECT_EQ(actor({{"roles", ""}, {"realm_access", R"({"roles":["A","B"]})"}}).roles, "A,B");
  EXPECT_EQ(actor({{"roles", ""}, {"realm_access.roles", R"(["C"])"}}).roles, "C");
}

TEST(Claims, that_are_no_role_give_none) {
  EXPECT_EQ(
      actor(
          {{"roles",
            R"(["X,ADMIN_READ","ADMIN_AUDIT\n","","A\u0007",1,null,["ADMIN_READ"],{"ADMIN_READ":1},"OK"])"}})
          .roles,
      "OK");
  EXPECT_EQ(actor({{"roles", R"("X,ADMIN_READ")"}}).roles, "");
  for (const auto* roles : {"", "null", "1", "{}", R"({"ADMIN_READ":true})", "true"})
    EXPECT_EQ(actor({{"roles", roles}}).roles, "") << roles;
}

TEST(Claims, say_who_asks_by_the_first_that_is_there) {
  EXPECT_EQ(actor({{"oid", R"("0b1c")"}}).id, "0b1c");
  EXPECT_EQ(actor({{"sub", "\"\xED\x95\x9C\""}}).id, "\xED\x95\x9C");
  EXPECT_EQ(actor({{"sub", "\"" + std::string(200, 'a') + "\""}}).id, std::string(200, 'a'));
  for (const auto& oid :
       {"1"s, "null"s, R"("")"s, R"("a\nb")"s, "\"" + std::string(201, 'a') + "\"", R"(["a"])"s})
    EXPECT_EQ(refused({{"oid", oid}}), "claims") << oid;
  EXPECT_EQ(refused({{"sub", ""}}), "claims");
}

}  // namespace
}  // namespace api
