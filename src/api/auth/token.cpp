#include "api/auth/token.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/base64.hpp"
#include "common/text.hpp"

namespace api {
namespace {

constexpr TokenFault kTooLong{"malformed", "The token is longer than 8192 bytes."};
constexpr TokenFault kNotCompact{"malformed", "The token is not three parts of base64url with dots between."};
constexpr TokenFault kNotJson{"malformed", "Header and claims of the token must each be a JSON object."};
constexpr TokenFault kBadHeader{"header", "The header of the token asks for what is not served."};
constexpr TokenFault kBadAlgorithm{"algorithm", "The token is not signed with an algorithm that is served."};
constexpr TokenFault kBadIssuer{"issuer", "The token is from another issuer."};
constexpr TokenFault kBadAudience{"audience", "The token is for another audience."};
constexpr TokenFault kBadTimes{"claims", "exp must be a whole number, and nbf and iat too where they are."};
constexpr TokenFault kBadActor{"claims", "The token does not say in a usable way who asks."};
constexpr TokenFault kExpired{"expired", "The token has expired."};
constexpr TokenFault kNotYetValid{"not_yet_valid", "The token is not valid yet."};

constexpr std::array<std::pair<std::string_view, Algorithm>, 2> kAlgorithms = {
    {{"RS256", Algorithm::rs256}, {"ES256", Algorithm::es256}}};

bool is_compact(std::string_view text) {
  constexpr std::string_view kCharacters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  return text.find_first_not_of(kCharacters) == std::string_view::npos &&
         std::count(text.begin(), text.end(), '.') == 2;
}

std::optional<Json> object_of(std::string_view base64url) {
  const auto text = common::from_base64url(base64url);
  auto json = text ? parse_strict_json(*text) : std::nullopt;
  return json && json->is_object() ? std::move(json) : std::nullopt;
}

/// RFC 7519 and RFC 9068; media types have no case.
bool is_served_type(const Json* type) {
  if (type == nullptr) return true;
  const auto* name = type->text();
  return name != nullptr && (common::iequals(*name, "JWT") || common::iequals(*name, "at+jwt") ||
                             common::iequals(*name, "application/at+jwt"));
}

std::optional<TokenFault> read_header(const Json& header, Token& token) {
  // Whatever is critical would have to be understood, and nothing is.
  if (header.find("crit") != nullptr || !is_served_type(header.find("typ"))) return kBadHeader;
  if (const auto* kid = header.find("kid")) {
    if (kid->text() == nullptr) return kBadHeader;
    token.kid = *kid->text();
  }
  const auto* name = header.find("alg");
  const auto algorithm =
      name != nullptr && name->text() != nullptr ? algorithm_named(*name->text()) : std::nullopt;
  if (!algorithm) return kBadAlgorithm;
  token.algorithm = *algorithm;
  return std::nullopt;
}

bool is_for(const Json* audience, const std::vector<std::string>& audiences) {
  if (audience == nullptr) return false;
  const auto is_ours = [&](const Json& name) {
    return name.text() != nullptr &&
           std::find(audiences.begin(), audiences.end(), *name.text()) != audiences.end();
  };
  const auto* several = audience->array();
  return several == nullptr ? is_ours(*audience) : std::any_of(several->begin(), several->end(), is_ours);
}

/// A claim of that name, else the member behind the first dot of the claim before it.
const Json* find_claim(const Json& claims, std::string_view name) {
  if (const auto* claim = claims.find(name)) return claim;
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const auto* outer = claims.find(name.substr(0, dot));
  return outer == nullptr ? nullptr : find_claim(*outer, name.substr(dot + 1));
}

/// What can't be a role is left out: it would be two, or break a line of the log.
void add_role(std::vector<std::string_view>& roles, std::string_view role) {
  const bool is_usable =
      !role.empty() && role.find(',') == std::string_view::npos && !common::has_control_characters(role);
  if (is_usable && std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
}

void add_roles(std::vector<std::string_view>& roles, const Json& claim) {
  if (const auto* several = claim.array()) {
    for (const auto& role : *several) {
      if (role.text() != nullptr) add_role(roles, *role.text());
    }
  } else if (claim.text() != nullptr) {
    for (std::string_view rest = *claim.text(); !rest.empty();) {
      const auto role = rest.substr(0, rest.find(' '));
      add_role(roles, role);
      rest.remove_prefix(std::min(role.size() + 1, rest.size()));
    }
  }
}

std::string roles_of(const Json& claims, const std::vector<std::string>& names) {
  std::vector<std::string_view> roles;
  for (const auto& name : names) {
    if (const auto* claim = find_claim(claims, name)) add_roles(roles, *claim);
  }
  std::string joined;
  for (const auto role : roles) joined.append(joined.empty() ? "" : ",").append(role);
  return joined;
}

/// Nothing when the claim that counts can't be an id; the next one is then not asked.
std::optional<std::string> actor_id_of(const Json& claims, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    const auto* claim = claims.find(name);
    if (claim == nullptr) continue;
    const auto* id = claim->text();
    const bool is_usable = id != nullptr && !id->empty() && id->size() <= kMaxActorIdBytes &&
                           !common::has_control_characters(*id);
    return is_usable ? std::optional(*id) : std::nullopt;
  }
  return std::nullopt;
}

bool read_times(const Json& claims, Grant& grant) {
  const auto* expires = claims.find("exp");
  if (expires == nullptr || expires->integer() == nullptr) return false;
  grant.expires = *expires->integer();
  for (const auto* name : {"nbf", "iat"}) {
    const auto* time = claims.find(name);
    if (time == nullptr) continue;
    if (time->integer() == nullptr) return false;
    grant.valid_from = std::max(grant.valid_from, *time->integer());
  }
  return true;
}

}  // namespace

std::string_view name_of(Algorithm algorithm) {
  return algorithm == Algorithm::rs256 ? "RS256" : "ES256";
}

std::optional<Algorithm> algorithm_named(std::string_view name) {
  for (const auto& [known, algorithm] : kAlgorithms) {
    if (known == name) return algorithm;
  }
  return std::nullopt;
}

std::variant<Token, TokenFault> parse_token(std::string_view text) {
  if (text.size() > kMaxTokenBytes) return kTooLong;
  if (!is_compact(text)) return kNotCompact;
  const auto end_of_header = text.find('.');
  const auto end_of_claims = text.rfind('.');
  Token token{};
  token.signed_part = text.substr(0, end_of_claims);
  token.signature = text.substr(end_of_claims + 1);
  if (!common::from_base64url(token.signature)) return kNotCompact;
  const auto header = object_of(text.substr(0, end_of_header));
  auto claims = object_of(token.signed_part.substr(end_of_header + 1));
  if (!header || !claims) return kNotJson;
  if (const auto fault = read_header(*header, token)) return *fault;
  token.claims = std::move(*claims);
  return token;
}

std::variant<Grant, TokenFault> grant_of(const Json& claims, const TokenRules& rules) {
  const auto* issuer = claims.find("iss");
  if (issuer == nullptr || issuer->text() == nullptr || *issuer->text() != rules.issuer) return kBadIssuer;
  if (!is_for(claims.find("aud"), rules.audiences)) return kBadAudience;
  Grant grant;
  if (!read_times(claims, grant)) return kBadTimes;
  auto id = actor_id_of(claims, rules.actor_id_claims);
  if (!id) return kBadActor;
  grant.actor = {std::move(*id), roles_of(claims, rules.role_claims)};
  return grant;
}

std::optional<TokenFault> fault_of_time(const Grant& grant, std::int64_t now, std::chrono::seconds leeway) {
  if (now >= grant.expires) return kExpired;
  if (now + leeway.count() < grant.valid_from) return kNotYetValid;
  return std::nullopt;
}

}  // namespace api
