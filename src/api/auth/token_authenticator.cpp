#include "api/auth/token_authenticator.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "api/auth/signature.hpp"
#include "common/text.hpp"

namespace api {

using common::http::Request;

namespace {

constexpr std::string_view kChallenge = "Bearer realm=\"bo-admin-api\"";
constexpr std::string_view kScheme = "Bearer";

constexpr TokenFault kAlgorithmNotTaken{"algorithm",
                                        "The token is not signed with an algorithm that is taken here."};
constexpr TokenFault kUnknownKey{"unknown_key",
                                 "The token is signed with a key that the issuer does not publish."};
constexpr TokenFault kBadSignature{"signature", "The signature of the token is not good."};

Refusal refusal(int status, std::string_view error, const TokenFault& fault) {
  const auto detail = std::string(fault.detail);
  std::string challenge(kChallenge);
  if (!error.empty())
    challenge.append(", error=\"")
        .append(error)
        .append("\", error_description=\"")
        .append(detail)
        .append("\"");
  return {status, detail, std::move(challenge), std::string(fault.reason)};
}

Refusal invalid_token(const TokenFault& fault) {
  return refusal(401, "invalid_token", fault);
}

Refusal unavailable(std::string_view reason) {
  return {503, "Tokens can't be checked now.", "", std::string(reason)};
}

/// What follows the scheme in the one Authorization header (RFC 6750, sections 2.1 and 3.1).
std::variant<std::string_view, Refusal> bearer_token(const Request& request) {
  const auto is_authorization = [](const auto& header) {
    return common::iequals(header.name, "Authorization");
  };
  const auto sent = std::count_if(request.headers.begin(), request.headers.end(), is_authorization);
  if (sent > 1)
    return refusal(400, "invalid_request", {"request", "There is more than one Authorization header."});
  std::string_view credentials = sent == 0 ? std::string_view{} : *request.header("Authorization");
  const auto scheme = credentials.substr(0, credentials.find(' '));
  if (!common::iequals(scheme, kScheme)) return refusal(401, "", {"missing", "A bearer token is needed."});
  credentials.remove_prefix(scheme.size());
  credentials.remove_prefix(std::min(credentials.find_first_not_of(' '), credentials.size()));
  if (credentials.empty() || credentials.find(' ') != std::string_view::npos)
    return refusal(400, "invalid_request", {"request", "Authorization must be Bearer and one token."});
  return credentials;
}

}  // namespace

TokenAuthenticator::TokenAuthenticator(TokenRules rules, std::size_t max_grants, KeySource& keys,
                                       common::Metrics& metrics, Clock now)
    : rules_(std::move(rules)),
      keys_(keys),
      now_(std::move(now)),
      grants_(max_grants),
      tokens_(metrics.counters("auth_tokens_total", "Requests by what became of their bearer token")),
      accepted_(tokens_.Add({{"result", "accepted"}})) {}

std::variant<Actor, Refusal> TokenAuthenticator::authenticate(const Request& request) {
  auto outcome = actor_of(request);
  if (const auto* refused = std::get_if<Refusal>(&outcome)) {
    tokens_.Add({{"result", refused->reason}}).Increment();
  } else {
    accepted_.Increment();
  }
  return outcome;
}

std::variant<Actor, Refusal> TokenAuthenticator::actor_of(const Request& request) {
  auto credentials = bearer_token(request);
  if (auto* refused = std::get_if<Refusal>(&credentials)) return std::move(*refused);
  auto grant = grant_for(std::get<std::string_view>(credentials), request.may_wait);
  if (auto* refused = std::get_if<Refusal>(&grant)) return std::move(*refused);
  // At each request: a remembered token expires too.
  if (const auto fault = fault_of_time(std::get<Grant>(grant), now_(), rules_.leeway))
    return invalid_token(*fault);
  return std::move(std::get<Grant>(grant).actor);
}

std::variant<Grant, Refusal> TokenAuthenticator::grant_for(std::string_view text, bool may_wait) {
  auto keys = keys_.keys();
  if (!keys) return unavailable("no_keys");
  if (auto known = grants_.find(text, keys)) return std::move(*known);
  const auto parsed = parse_token(text);
  if (const auto* fault = std::get_if<TokenFault>(&parsed)) return invalid_token(*fault);
  auto grant = prove(std::get<Token>(parsed), keys, may_wait);
  if (const auto* proven = std::get_if<Grant>(&grant)) grants_.add(text, keys, *proven);
  return grant;
}

/// `keys` become those that the token was proven with.
std::variant<Grant, Refusal> TokenAuthenticator::prove(const Token& token,
                                                       std::shared_ptr<const JwkSet>& keys, bool may_wait) {
  const auto& taken = rules_.algorithms;
  if (std::find(taken.begin(), taken.end(), token.algorithm) == taken.end())
    return invalid_token(kAlgorithmNotTaken);
  const auto* key = keys->find(token.kid);
  if (key == nullptr && token.kid) {
    if (!keys_.refresh(may_wait)) return unavailable("keys_pending");
    if (auto fetched = keys_.keys()) keys = std::move(fetched);
    key = keys->find(token.kid);
  }
  if (key == nullptr) return invalid_token(kUnknownKey);
  // The key decides on the algorithm, not the token.
  if (key->algorithm != token.algorithm) return invalid_token(kAlgorithmNotTaken);
  if (!is_signed(*key, token.signed_part, token.signature)) return invalid_token(kBadSignature);
  auto granted = grant_of(token.claims, rules_);
  if (const auto* fault = std::get_if<TokenFault>(&granted)) return invalid_token(*fault);
  return std::move(std::get<Grant>(granted));
}

std::int64_t seconds_since_1970() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace api
