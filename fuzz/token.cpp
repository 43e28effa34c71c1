// Bearer tokens: nothing is thrown, a token is what RFC 7515 says it is, and a grant has an actor that the
// database can take. An input is a token, and also the header and the claims of one, a line each.
#include "api/auth/token.hpp"

#include <algorithm>

#include "common/base64.hpp"
#include "common/text.hpp"
#include "fuzz/require.hpp"

namespace {

using namespace api;

const TokenRules kRules{.issuer = "i",
                        .audiences = {"a"},
                        .algorithms = {Algorithm::rs256, Algorithm::es256},
                        .leeway = std::chrono::seconds(60),
                        .role_claims = {"roles", "scp", "realm_access.roles"},
                        .actor_id_claims = {"oid", "sub"}};

std::string base64url(std::string_view bytes) {
  auto text = common::to_base64(bytes);
  text.erase(std::find(text.begin(), text.end(), '='), text.end());
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

void check_text(std::string_view text) {
  require(!text.empty() && common::is_utf8(text), "what is told is text");
  require(text.find('\0') == std::string_view::npos, "what is told has no NUL");
}

void check_grant(const Json& claims) {
  const auto granted = grant_of(claims, kRules);
  if (const auto* fault = std::get_if<TokenFault>(&granted)) return check_text(fault->detail);
  const auto& grant = std::get<Grant>(granted);
  check_text(grant.actor.id);
  require(grant.actor.id.size() <= kMaxActorIdBytes, "an actor's id has its bound");
  require(common::is_utf8(grant.actor.roles), "roles are text");
  // Who has many roles keeps them all, or might lose the one that counts.
  require(grant.actor.roles.size() <= kMaxTokenBytes, "roles have the bound of their token");
  for (const auto now : {INT64_MIN, std::int64_t{0}, grant.expires, INT64_MAX})
    (void)fault_of_time(grant, now, kRules.leeway);
}

void check_token(std::string_view text) {
  const auto parsed = parse_token(text);
  if (const auto* fault = std::get_if<TokenFault>(&parsed)) return check_text(fault->detail);
  const auto& token = std::get<Token>(parsed);
  require(text.size() <= kMaxTokenBytes, "a token has its bound");
  require(std::string(token.signed_part) + "." + std::string(token.signature) == text,
          "a token is what is signed, and its signature");
  require(std::count(text.begin(), text.end(), '.') == 2, "a token has three parts");
  check_grant(token.claims);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check_token(input);
  const auto header = input.substr(0, input.find('\n'));
  const auto claims = input.substr(std::min(header.size() + 1, input.size()));
  check_token(base64url(header) + "." + base64url(claims) + ".c2ln");
  return 0;
}
