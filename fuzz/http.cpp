// The bytes of a connection: the same requests however they are cut, only text reaches the database, and
// every answer is well-formed.
#include <rapidjson/document.h>

#include "api/auth/sent_actor.hpp"
#include "api/problem.hpp"
#include "api/service.hpp"
#include "common/http_message.hpp"
#include "common/log.hpp"
#include "common/text.hpp"
#include "fuzz/require.hpp"

namespace {

using namespace common::http;

/// Small, so that inputs reach them.
constexpr ReaderLimits kLimits{.max_target_bytes = 256, .max_head_bytes = 1024, .max_body_bytes = 1024};

struct Outcome {
  std::vector<Request> requests;
  int error = 0;  ///< status of the ProtocolError that ended it

  bool operator==(const Outcome& other) const {
    const auto same = [](const Request& a, const Request& b) {
      const auto same_header = [](const Header& x, const Header& y) {
        return x.name == y.name && x.value == y.value;
      };
      return a.method == b.method && a.path == b.path && a.query == b.query && a.body == b.body &&
             a.keep_alive == b.keep_alive &&
             std::equal(a.headers.begin(), a.headers.end(), b.headers.begin(), b.headers.end(), same_header);
    };
    return error == other.error &&
           std::equal(requests.begin(), requests.end(), other.requests.begin(), other.requests.end(), same);
  }
};

/// What comes of the bytes when they arrive in pieces of so many.
Outcome read(std::string_view bytes, std::size_t piece_bytes) {
  RequestReader reader(kLimits);
  Outcome outcome;
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, piece_bytes);
    bytes.remove_prefix(piece.size());
    reader.feed(piece);
    for (bool more = true; more;) {
      auto next = reader.next();
      if (const auto* error = std::get_if<ProtocolError>(&next)) {
        outcome.error = error->status;
        return outcome;
      }
      more = std::holds_alternative<Request>(next);
      if (more) outcome.requests.push_back(std::get<Request>(std::move(next)));
    }
  }
  return outcome;
}

void check_text(const std::optional<std::string>& text) {
  require(!text || (common::is_utf8(*text) && text->find('\0') == std::string::npos),
          "what reaches the database is text");
}

class FakeLookups : public api::LookupSource {
 public:
  void find(api::LookupRequest request, Done done) override {
    check(request);
    require(!request.actor_roles.empty(), "who is answered has a role");
    if (request.id == "unavailable") return done(common::Fault{});
    if (request.id == "broken") throw std::runtime_error("broken");
    done(api::LookupAnswer{request.id == "found" ? 200 : 404, "{}", std::nullopt});
  }

  void record_denial(api::LookupRequest request, const api::Endpoint& /*endpoint*/, Done done) override {
    check(request);
    done(api::LookupAnswer{403, {}, std::nullopt});
  }

 private:
  static void check(const api::LookupRequest& request) {
    for (const auto& text : {request.actor_id, request.method, request.path, request.correlation_id}) {
      require(!text.empty(), "what must be there is there");
      check_text(text);
    }
    check_text(request.actor_roles);
    check_text(request.id);
    for (const auto& text : {request.ip, request.user_agent, request.query_text, request.access_reason})
      check_text(text);
    for (const auto& tx_id : request.tx_ids) check_text(tx_id);
    if (!request.query) return;
    check_text(request.query->cursor);
    for (const auto& [name, value] : request.query->filters) check_text(value);
  }
};

void check_head(std::string_view head, std::size_t body_bytes, bool has_body) {
  require(head.starts_with("HTTP/1.1 "), "an answer begins with the version");
  bool has_length = false;
  auto line_end = head.find("\r\n");
  while (line_end != std::string_view::npos) {
    head.remove_prefix(line_end + 2);
    line_end = head.find("\r\n");
    const auto line = head.substr(0, line_end);
    require(line.find(": ") != std::string_view::npos, "a header has a name and a value");
    require(line.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
            "a header is one line");
    if (!line.starts_with("Content-Length: ")) continue;
    require(!has_length, "there is one length");
    has_length = true;
    require(!has_body || line.substr(16) == std::to_string(body_bytes), "the length is that of the body");
  }
  require(has_length, "there is a length");
}

void check_answer(const Request& request, const Response& response) {
  const bool has_body = request.method != "HEAD";
  const auto bytes = serialise(response, has_body, request.keep_alive);
  const auto head_end = bytes.find("\r\n\r\n");
  require(head_end != std::string::npos, "an answer has a head");
  const auto body = std::string_view(bytes).substr(head_end + 4);
  require(has_body || body.empty(), "the answer to HEAD has no body");
  check_head(std::string_view(bytes).substr(0, head_end), body.size(), has_body);
  const bool is_problem = response.content_type == api::kProblemType;
  require(is_problem || response.status < 400, "an error is a problem");
  if (!is_problem && response.content_type != api::kJsonType) return;
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(response.body.data(), response.body.size());
  require(!document.HasParseError() && document.IsObject(), "the body is a JSON object");
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  common::log::setup("fuzz", "error", common::log::Output::standard_error);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static FakeLookups lookups;
  static common::Metrics metrics;
  static api::SentActor actor;
  static api::Service service({}, actor, lookups, metrics);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto outcome = read(bytes, size);
  for (const std::size_t piece_bytes : {1, 2, 7, 100})
    require(outcome == read(bytes, piece_bytes), "requests do not depend on how their bytes arrive");
  for (auto request : outcome.requests) {
    request.peer = "127.0.0.1";
    int answers = 0;
    service.handle(request, [&](const Response& response) {
      check_answer(request, response);
      ++answers;
    });
    require(answers == 1, "a request has an answer");
  }
  if (outcome.error != 0) check_answer({}, service.refuse(outcome.error, "detail", "127.0.0.1"));
  return 0;
}
