#include "api/problem.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "common/text.hpp"

namespace api {

common::http::Response to_response(const Problem& problem) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer writer(buffer);
  const auto text = [&](std::string_view value) {
    const auto good = common::repair_utf8(value);
    writer.String(good.data(), static_cast<rapidjson::SizeType>(good.size()));
  };
  const auto member = [&](std::string_view key, std::string_view value) {
    text(key);
    text(value);
  };
  writer.StartObject();
  member("type", "about:blank");
  member("title", common::http::reason_phrase(problem.status));
  text("status");
  writer.Int(problem.status);
  member("detail", problem.detail);
  if (!problem.instance.empty()) member("instance", problem.instance);
  member("correlation_id", problem.correlation_id);
  if (!problem.errors.empty()) {
    text("errors");
    writer.StartArray();
    for (const auto& error : problem.errors) text(error);
    writer.EndArray();
  }
  writer.EndObject();
  return {.status = problem.status,
          .content_type = std::string(kProblemType),
          .body = {buffer.GetString(), buffer.GetSize()},
          .headers = {}};
}

}  // namespace api
