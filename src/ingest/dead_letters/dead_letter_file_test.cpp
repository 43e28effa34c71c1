#include "ingest/dead_letters/dead_letter_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>

namespace ingest {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class DeadLetterFileTest : public ::testing::Test {
 protected:
  DeadLetterFileTest() {
    auto name = (fs::temp_directory_path() / "dead-letters-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~DeadLetterFileTest() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path() const { return folder_ / "letters.jsonl"; }
  [[nodiscard]] static std::vector<std::string> lines_of(const fs::path& file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  [[nodiscard]] std::vector<DeadLetter> letters() const {
    return {{record_, rejection_, "canonical-v1", ""}};
  }

  fs::path folder_;
  const std::string bytes_ = "\x00\xFF\""s;
  const RecordView record_{.topic = "ledger.entry.upserted",
                           .partition = 2,
                           .offset = 7,
                           .key = std::nullopt,
                           .payload = bytes_,
                           .headers = {{"h", ""}, {"h", std::nullopt}},
                           .timestamp = 1'770'253'200'000'000};
  const Rejection rejection_{RejectionError::parse_error, "not an object"};
};

TEST_F(DeadLetterFileTest, a_letter_is_a_line_with_the_whole_record) {
  DeadLetterFile(DeadLetterFile::Options{path()}).keep(letters());
  const auto lines = lines_of(path());
  ASSERT_EQ(lines.size(), 1U);
  rapidjson::Document letter;
  ASSERT_FALSE(letter.Parse(lines[0].c_str()).HasParseError());
  EXPECT_STREQ(letter["topic"].GetString(), "ledger.entry.upserted");
  EXPECT_EQ(letter["partition"].GetInt(), 2);
  EXPECT_EQ(letter["offset"].GetInt64(), 7);
  EXPECT_EQ(letter["record_timestamp_us"].GetInt64(), 1'770'253'200'000'000);
  EXPECT_STREQ(letter["error"].GetString(), "parse_error");
  EXPECT_STREQ(letter["payload_base64"].GetString(), "AP8i");
  EXPECT_TRUE(letter["key_base64"].IsNull());
  EXPECT_STREQ(letter["headers_base64"][0][0].GetString(), "aA==");
  EXPECT_STREQ(letter["headers_base64"][0][1].GetString(), "");
  EXPECT_TRUE(letter["headers_base64"][1][1].IsNull());
}

TEST_F(DeadLetterFileTest, a_full_file_is_put_aside_and_a_new_one_begun) {
  DeadLetterFile file({.path = path(), .max_bytes = 1});
  for (int i = 0; i < 3; ++i) file.keep(letters());
  for (const auto* suffix : {"", ".1", ".2"}) EXPECT_EQ(lines_of(path() + suffix).size(), 1U) << suffix;
}

TEST_F(DeadLetterFileTest, what_can_not_be_looked_at_is_never_replaced_by_a_full_file) {
  const auto taken = fs::path(path() + ".1");
  fs::create_symlink(taken, taken);  // a loop: the system can't tell what is there
  DeadLetterFile file({.path = path(), .max_bytes = 1});
  file.keep(letters());
  EXPECT_THROW(file.keep(letters()), Unavailable);
  EXPECT_TRUE(fs::is_symlink(taken));
  EXPECT_EQ(lines_of(path()).size(), 1U);
}

TEST_F(DeadLetterFileTest, a_torn_line_is_ended_and_never_continued) {
  std::ofstream(path()) << R"({"topic":"ledg)";
  DeadLetterFile(DeadLetterFile::Options{path()}).keep(letters());
  const auto lines = lines_of(path());
  EXPECT_THAT(lines, ElementsAre(R"({"topic":"ledg)", HasSubstr("\"payload_base64\":\"AP8i\"")));
}

TEST_F(DeadLetterFileTest, only_its_owner_may_read_it) {
  DeadLetterFile(DeadLetterFile::Options{path()}).keep(letters());
  EXPECT_EQ(fs::status(path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(DeadLetterFileTest, a_second_writer_has_to_wait_until_the_first_has_gone) {
  DeadLetterFile second({.path = path()});
  {
    DeadLetterFile first({.path = path()});
    first.keep(letters());
    EXPECT_THROW(second.keep(letters()), Unavailable);
  }
  second.keep(letters());
  EXPECT_EQ(lines_of(path()).size(), 2U);
}

TEST_F(DeadLetterFileTest, a_folder_that_is_missing_may_come) {
  DeadLetterFile file({.path = folder_ / "later" / "letters.jsonl"});
  EXPECT_THROW(file.keep(letters()), Unavailable);
  fs::create_directory(folder_ / "later");
  file.keep(letters());
  EXPECT_EQ(lines_of(folder_ / "later" / "letters.jsonl").size(), 1U);
}

TEST_F(DeadLetterFileTest, a_full_disk_is_unavailable_each_time) {
  // Writing to /dev/full fails as a full disk does.
  DeadLetterFile file({.path = "/dev/full"});
  EXPECT_THROW(file.keep(letters()), Unavailable);
  EXPECT_THROW(file.keep(letters()), Unavailable);
}

}  // namespace
}  // namespace ingest
