#include "api/request_fields.hpp"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>

#include "api/router.hpp"
#include "common/text.hpp"

namespace api {

using common::http::Request;

namespace {

constexpr std::size_t kMaxUserAgentBytes = 512;
constexpr unsigned kParseFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                                 rapidjson::kParseNumbersAsStringsFlag;

/// The media type before any parameter, whatever its case.
bool is_media_type(std::string_view value, std::string_view type) {
  return common::iequals(common::trim(value.substr(0, value.find(';'))), type);
}

/// Takes {"tx_ids": [texts]} and stops at anything else.
class BatchBody : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, BatchBody> {
 public:
  bool Default() { return false; }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }  // its default takes it for a text
  bool StartObject() { return advance(Place::start, Place::object); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    return std::string_view(text, size) == "tx_ids" && advance(Place::object, Place::member);
  }
  bool StartArray() { return advance(Place::member, Place::array); }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    ids.emplace_back(text, size);
    return place_ == Place::array;
  }
  bool EndArray(rapidjson::SizeType) { return advance(Place::array, Place::end); }
  bool EndObject(rapidjson::SizeType) { return place_ == Place::end; }

  std::vector<std::string> ids;

 private:
  enum class Place { start, object, member, array, end };
  bool advance(Place from, Place to) {
    if (place_ != from) return false;
    place_ = to;
    return true;
  }
  Place place_ = Place::start;
};

BadField bad_body(std::string detail) {
  return {400, "The body must be like {\"tx_ids\": [\"tx-001\"]}: " + std::move(detail) + "."};
}

}  // namespace

std::string correlation_id_of(const Request& request) {
  const auto* sent = request.header("X-Correlation-ID");
  const bool fit = sent != nullptr && common::is_visible_ascii(*sent, kMaxCorrelationIdBytes);
  return fit ? *sent : common::make_uuid();
}

std::optional<std::string> user_agent_of(const Request& request) {
  const auto* sent = request.header("User-Agent");
  if (sent == nullptr) return std::nullopt;
  const auto text = common::repair_utf8(*sent);
  return std::string(common::truncate_utf8(text, kMaxUserAgentBytes));
}

std::variant<std::optional<std::string>, BadField> access_reason_of(const Request& request) {
  const auto* sent = request.header("X-Access-Reason");
  if (sent == nullptr || sent->empty()) return std::optional<std::string>();
  if (!common::is_utf8(*sent) || common::has_control_characters(*sent) ||
      common::count_characters(*sent) > kMaxAccessReasonCharacters) {
    return BadField{400,
                    "X-Access-Reason must be UTF-8 of at most 200 characters without control characters."};
  }
  return std::optional(*sent);
}

double weight_of(std::string_view item) {
  while (item.find(';') != std::string_view::npos) {
    item.remove_prefix(item.find(';') + 1);
    auto parameter = common::trim(item.substr(0, item.find(';')));
    if (!common::iequals(parameter.substr(0, 2), "q=")) continue;
    parameter.remove_prefix(2);
    double weight = 1;
    std::from_chars(parameter.data(), parameter.data() + parameter.size(), weight);
    return weight;
  }
  return 1;
}

bool wants_csv(const Request& request) {
  const auto* accept = request.header("Accept");
  if (accept == nullptr) return false;
  double best = 0;  // of those that we have, the first where they weigh the same
  bool is_csv = false;
  for (std::string_view rest = *accept; !rest.empty();) {
    const auto item = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(item.size() + 1, rest.size()));
    const bool names_csv = is_media_type(item, "text/csv");
    if (!names_csv && !is_media_type(item, "application/json") && !is_media_type(item, "*/*")) continue;
    if (weight_of(item) <= best) continue;
    best = weight_of(item);
    is_csv = names_csv;
  }
  return is_csv;
}

std::variant<std::vector<std::string>, BadField> batch_ids_of(const Request& request) {
  const auto* type = request.header("Content-Type");
  if (type == nullptr || !is_media_type(*type, "application/json"))
    return BadField{415, "The body must be application/json."};
  BatchBody body;
  rapidjson::MemoryStream bytes(request.body.data(), request.body.size());
  if (!rapidjson::Reader().Parse<kParseFlags>(bytes, body)) return bad_body("it is not");
  if (body.ids.empty() || body.ids.size() > kMaxBatchIds)
    return bad_body("1 to " + std::to_string(kMaxBatchIds) + " ids");
  for (const auto& id : body.ids) {
    if (id.empty()) return bad_body("an id is empty");
    if (const auto fault = fault_of_id(id); !fault.empty()) return bad_body("an id " + std::string(fault));
  }
  return std::move(body.ids);
}

}  // namespace api
