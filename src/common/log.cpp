#include "common/log.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <chrono>
#include <cmath>
#include <memory>

#include "common/text.hpp"
#include "common/timestamp.hpp"

namespace common::log {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

std::string& service_name() {
  static std::string name = "tx-lookup-service";
  return name;
}

std::string_view level_name(Level level) {
  return kLevels[static_cast<std::size_t>(level)];
}

spdlog::level::level_enum to_spdlog(Level level) {
  constexpr std::array kMap{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                            spdlog::level::err};
  return kMap.at(static_cast<std::size_t>(level));
}

std::string now_utc() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return format_timestamp(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

void put(Writer& writer, std::string_view text) {
  // RapidJSON escapes, but copies bad bytes as they are; a log line must stay UTF-8.
  const auto string = [&](std::string_view good) {
    writer.String(good.data(), static_cast<rapidjson::SizeType>(good.size()));
  };
  is_utf8(text) ? string(text) : string(repair_utf8(text));
}

void put(Writer& writer, const Field::Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return put(writer, *text);
  if (const auto* flag = std::get_if<bool>(&value)) return void(writer.Bool(*flag));
  if (const auto* number = std::get_if<std::int64_t>(&value)) return void(writer.Int64(*number));
  const auto real = std::get<double>(value);
  // JSON has no NaN and no infinity.
  std::isfinite(real) ? void(writer.Double(real)) : void(writer.Null());
}

}  // namespace

std::string render(std::string_view timestamp, std::string_view service, Level level,
                   std::string_view message, Fields fields) {
  constexpr std::size_t kUsualBytes = 512;  // or the buffer grows again and again
  rapidjson::StringBuffer buffer(nullptr, kUsualBytes);
  Writer writer(buffer);
  writer.SetMaxDecimalPlaces(3);
  writer.StartObject();
  const auto member = [&](std::string_view key, const Field::Value& value) {
    put(writer, key);
    put(writer, value);
  };
  member("time", timestamp);
  member("level", level_name(level));
  member("service", service);
  member("message", message);
  for (const auto& field : fields) member(field.key, field.value);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

void setup(std::string_view service, std::string_view level, Output output) {
  service_name() = service;
  spdlog::sink_ptr sink = std::make_shared<spdlog::sinks::stdout_sink_mt>();
  if (output == Output::standard_error) sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  auto logger = std::make_shared<spdlog::logger>("json", std::move(sink));
  logger->set_pattern("%v");
  for (const auto candidate : {Level::debug, Level::info, Level::warn, Level::error}) {
    if (level_name(candidate) == level) logger->set_level(to_spdlog(candidate));
  }
  spdlog::set_default_logger(std::move(logger));
}

bool enabled(Level level) {
  return spdlog::default_logger_raw()->should_log(to_spdlog(level));
}

void write(Level level, std::string_view message, Fields fields) {
  if (!enabled(level)) return;
  const auto line = render(now_utc(), service_name(), level, message, fields);
  // The line as an argument: as a format string its braces would be read as place holders.
  spdlog::default_logger_raw()->log(to_spdlog(level), "{}", line);
}

}  // namespace common::log
