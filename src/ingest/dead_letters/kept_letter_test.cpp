#include "ingest/dead_letters/kept_letter.hpp"

#include <gtest/gtest.h>

#include "ingest/dead_letters/dead_letter_file.hpp"

namespace ingest {
namespace {

using namespace std::string_literals;

TEST(KeptLetter, a_line_of_the_file_gives_the_record_back_byte_for_byte) {
  const auto bytes = "\0\xFF\""s;
  const RecordView record{.topic = "ledger.entry.upserted",
                          .partition = 2,
                          .offset = 7,
                          .key = "",
                          .payload = bytes,
                          .headers = {{"h", ""}, {"h", std::nullopt}, {bytes, bytes}},
                          .timestamp = 1'770'253'200'000'000};
  const Rejection rejection{RejectionError::contract_core_violation, "amount: is missing"};
  const auto letter = letter_of_line(to_json_line({record, rejection, "canonical-v1", "corr-1"}, 0));
  ASSERT_TRUE(letter);
  const auto read = letter->record();
  EXPECT_EQ(read.topic, record.topic);
  EXPECT_EQ(read.partition, 2);
  EXPECT_EQ(read.offset, 7);
  EXPECT_EQ(read.key, "");
  EXPECT_EQ(read.payload, bytes);
  EXPECT_EQ(read.timestamp, record.timestamp);
  ASSERT_EQ(read.headers.size(), 3U);
  EXPECT_EQ(read.headers[0].value, "");
  EXPECT_EQ(read.headers[1].value, std::nullopt);
  EXPECT_EQ(read.headers[2].name, bytes);
  EXPECT_EQ(letter->rejection.error, RejectionError::contract_core_violation);
  EXPECT_EQ(letter->rejection.detail, "amount: is missing");
  EXPECT_EQ(letter->profile_id, "canonical-v1");
  EXPECT_EQ(letter->correlation_id, "corr-1");
}

TEST(KeptLetter, any_other_line_is_none) {
  const RecordView record{.topic = "t", .key = {}, .payload = "x", .headers = {}, .timestamp = {}};
  const Rejection rejection{RejectionError::parse_error, "no object"};
  auto line = to_json_line({record, rejection, "canonical-v1", ""}, 0);
  line.pop_back();
  ASSERT_TRUE(letter_of_line(line));
  for (std::size_t torn = 0; torn < line.size(); ++torn) EXPECT_FALSE(letter_of_line(line.substr(0, torn)));
  const auto replaced = [&](const std::string& what, const std::string& by) {
    auto other = line;
    return other.replace(other.find(what), what.size(), by);
  };
  EXPECT_FALSE(letter_of_line(replaced("parse_error", "no_error")));
  EXPECT_FALSE(letter_of_line(replaced("\"partition\":0", "\"partition\":3000000000")));
  EXPECT_FALSE(letter_of_line(replaced("\"payload_base64\":\"eA==\"", "\"payload_base64\":\"eA\"")));
  EXPECT_FALSE(letter_of_line(replaced("\"offset\"", "\"place\"")));
  EXPECT_FALSE(letter_of_line(replaced("\"headers_base64\":[]", "\"headers_base64\":[1]")));
}

}  // namespace
}  // namespace ingest
