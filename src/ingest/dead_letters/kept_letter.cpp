#include "ingest/dead_letters/kept_letter.hpp"

#include <rapidjson/document.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "common/base64.hpp"

namespace ingest {
namespace {

using rapidjson::Value;

constexpr unsigned kParseFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
constexpr std::string_view kFirstOfOurs = "dlq-topic";  ///< see dead_letter_topic.cpp

/// Thrown while reading what turns out to be no letter.
struct NoLetter {};

const Value& member(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd()) throw NoLetter();
  return found->value;
}

std::string text(const Value& value) {
  if (!value.IsString()) throw NoLetter();
  return {value.GetString(), value.GetStringLength()};
}

std::optional<std::string> bytes(const Value& value) {
  if (value.IsNull()) return std::nullopt;
  auto decoded = common::from_base64(text(value));
  if (!decoded) throw NoLetter();
  return decoded;
}

std::int64_t number(const Value& value) {
  if (!value.IsInt64()) throw NoLetter();
  return value.GetInt64();
}

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  const auto* end = digits.data() + digits.size();
  if (const auto [stop, error] = std::from_chars(digits.data(), end, value);
      error != std::errc{} || stop != end)
    throw NoLetter();
  return value;
}

std::int32_t partition_number(std::int64_t value) {
  if (value < INT32_MIN || value > INT32_MAX) throw NoLetter();
  return static_cast<std::int32_t>(value);
}

RejectionError error_named(std::string_view name) {
  const auto error = rejection_error_of(name);
  if (!error) throw NoLetter();
  return *error;
}

KeptLetter letter_of(const Value& line) {
  if (!line.IsObject()) throw NoLetter();
  KeptLetter letter;
  letter.topic = text(member(line, "topic"));
  letter.partition = partition_number(number(member(line, "partition")));
  letter.offset = number(member(line, "offset"));
  letter.key = bytes(member(line, "key_base64"));
  letter.payload = bytes(member(line, "payload_base64"));
  const auto& headers = member(line, "headers_base64");
  if (!headers.IsArray()) throw NoLetter();
  for (const auto& header : headers.GetArray()) {
    if (!header.IsArray() || header.Size() != 2) throw NoLetter();
    letter.headers.emplace_back(bytes(header[0]).value_or(""), bytes(header[1]));
  }
  const auto& timestamp = member(line, "record_timestamp_us");
  if (!timestamp.IsNull()) letter.timestamp = number(timestamp);
  letter.rejection = {error_named(text(member(line, "error"))), text(member(line, "error_detail"))};
  letter.profile_id = text(member(line, "profile_id"));
  const auto& correlation_id = member(line, "correlation_id");
  if (!correlation_id.IsNull()) letter.correlation_id = text(correlation_id);
  return letter;
}

std::string& required(std::map<std::string, std::string, std::less<>>& ours, std::string_view name) {
  const auto found = ours.find(name);
  if (found == ours.end()) throw NoLetter();
  return found->second;
}

KeptLetter letter_of(const rd_kafka_message_t& message) {
  KeptLetter letter;
  const auto headers = kafka::headers_of(message);
  // Ours stand behind those of the record, which may have had such names as well.
  const auto last = std::find_if(headers.rbegin(), headers.rend(),
                                 [](const auto& header) { return header.name == kFirstOfOurs; });
  if (last == headers.rend()) throw NoLetter();
  const auto first_of_ours = std::prev(last.base());
  for (auto header = headers.begin(); header != first_of_ours; ++header) {
    letter.headers.emplace_back(header->name,
                                header->value ? std::optional<std::string>(*header->value) : std::nullopt);
  }
  std::map<std::string, std::string, std::less<>> ours;
  for (auto header = first_of_ours; header != headers.end(); ++header)
    ours[std::string(header->name)] = std::string(header->value.value_or(""));
  letter.topic = required(ours, "dlq-topic");
  letter.partition = partition_number(number(required(ours, "dlq-partition")));
  letter.offset = number(required(ours, "dlq-offset"));
  if (ours.contains("dlq-record-timestamp-us")) letter.timestamp = number(ours["dlq-record-timestamp-us"]);
  letter.rejection = {error_named(required(ours, "dlq-error")), required(ours, "dlq-error-detail")};
  letter.profile_id = required(ours, "dlq-profile-id");
  letter.correlation_id = ours["dlq-correlation-id"];
  if (const auto key = kafka::key_of(message)) letter.key = *key;
  if (const auto payload = kafka::payload_of(message)) letter.payload = *payload;
  return letter;
}

}  // namespace

RecordView KeptLetter::record() const {
  RecordView record{.topic = topic,
                    .partition = partition,
                    .offset = offset,
                    .key = key,
                    .payload = payload,
                    .headers = {},
                    .timestamp = timestamp};
  for (const auto& [name, value] : headers) record.headers.push_back({name, value});
  return record;
}

std::optional<KeptLetter> letter_of_line(std::string_view line) {
  rapidjson::Document document;
  document.Parse<kParseFlags>(line.data(), line.size());
  if (document.HasParseError()) return std::nullopt;
  try {
    return letter_of(document);
  } catch (const NoLetter&) {
    return std::nullopt;
  }
}

std::optional<KeptLetter> letter_of_record(const rd_kafka_message_t& message) {
  try {
    return letter_of(message);
  } catch (const NoLetter&) {
    return std::nullopt;
  }
}

void read_letters(const kafka::Brokers& brokers, const std::string& topic,
                  const std::function<bool(std::optional<KeptLetter>)>& on_record) {
  auto own = brokers.settings;
  own.emplace_back("client.id", "bo-sync-consumer-dlq-import");
  own.emplace_back("group.id", "bo-sync-consumer-dlq-import");  // needed to read, never joined
  own.emplace_back("enable.auto.commit", "false");
  own.emplace_back("enable.partition.eof", "true");
  const auto client = kafka::make_consumer(kafka::make_conf(own));
  const auto ids = kafka::partition_ids(*client, topic, brokers.answer_timeout_ms);
  std::set<std::int32_t> unread(ids.begin(), ids.end());
  const kafka::PartitionList partitions(rd_kafka_topic_partition_list_new(static_cast<int>(ids.size())));
  for (const auto id : ids)
    rd_kafka_topic_partition_list_add(partitions.get(), topic.c_str(), id)->offset =
        RD_KAFKA_OFFSET_BEGINNING;
  rd_kafka_poll_set_consumer(client.get());
  if (const auto error = rd_kafka_assign(client.get(), partitions.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw kafka::Error(topic + ": " + rd_kafka_err2str(error));

  while (!unread.empty()) {
    const kafka::Message message(rd_kafka_consumer_poll(client.get(), brokers.answer_timeout_ms));
    if (!message) throw kafka::Error(topic + ": the broker is silent");
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      unread.erase(message->partition);
    } else if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      throw kafka::Error(topic + ": " + rd_kafka_message_errstr(message.get()));
    } else if (!on_record(letter_of_record(*message))) {
      return;
    }
  }
}

}  // namespace ingest
