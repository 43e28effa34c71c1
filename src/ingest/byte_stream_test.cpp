#include "ingest/byte_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "ingest/compressed_test.hpp"

namespace ingest {
namespace {

using test::gzip;
using test::TextStream;
using test::zstd;
using testing::HasSubstr;

/// Many blocks, and hardly compressible, so that compressed data has many blocks too.
std::string long_text() {
  std::string text;
  std::uint32_t state = 1;
  while (text.size() < 1'000'000) {
    state = state * 1'664'525 + 1'013'904'223;
    text += std::to_string(state) + (state % 7 == 0 ? "\n" : " ");
  }
  return text;
}

std::string read_all(std::string bytes) {
  TextStream source(std::move(bytes));
  const auto stream = decompressed(source);
  std::string text;
  std::array<char, 1000> block{};
  while (const auto count = stream->read(block)) text.append(block.data(), count);
  return text;
}

std::string fault_of(const std::string& bytes) {
  try {
    read_all(bytes);
    return "accepted";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST(ByteStream, reads_plain_gzip_and_zstd_by_their_content) {
  for (const auto& text : {std::string("x"), std::string("{}\n{}\n"), long_text()}) {
    EXPECT_EQ(read_all(text), text);
    EXPECT_EQ(read_all(gzip(text)), text);
    EXPECT_EQ(read_all(zstd(text)), text);
  }
}

TEST(ByteStream, reads_nothing_from_what_is_empty) {
  EXPECT_EQ(read_all(""), "");
  EXPECT_EQ(read_all(gzip("")), "");
  EXPECT_EQ(read_all(zstd("")), "");
}

TEST(ByteStream, reads_compressed_files_that_were_put_one_after_the_other) {
  EXPECT_EQ(read_all(gzip("one\n") + gzip("") + gzip("two\n")), "one\ntwo\n");
  EXPECT_EQ(read_all(zstd("one\n") + zstd("") + zstd("two\n")), "one\ntwo\n");
}

TEST(ByteStream, says_that_compressed_data_was_cut_off) {
  for (const auto& [whole, name] :
       {std::pair(gzip(long_text()), "gzip"), std::pair(zstd(long_text()), "zstd")}) {
    for (const auto length : {std::size_t{10}, whole.size() / 2, whole.size() - 1}) {
      EXPECT_THAT(fault_of(whole.substr(0, length)), HasSubstr(std::string(name) + " data ends too early"))
          << length;
    }
  }
}

TEST(ByteStream, notices_a_flipped_bit) {
  for (const auto& [whole, name] :
       {std::pair(gzip(long_text()), "gzip"), std::pair(zstd(long_text()), "zstd")}) {
    for (const auto at : {whole.size() / 3, whole.size() / 2, whole.size() - 6}) {
      auto flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ 4);
      EXPECT_NE(fault_of(flipped), "accepted") << name << " " << at;
    }
  }
}

class InputFileTest : public testing::Test {
 protected:
  InputFileTest() { write("{}\n{}\n"); }
  ~InputFileTest() override { unlink(path_.c_str()); }

  void write(const std::string& text) const { std::ofstream(path_, std::ios::trunc) << text; }
  [[nodiscard]] FileIdentity identity() const { return InputFile(path_).identify().value(); }

  const std::string path_ = testing::TempDir() + "input_file_test." + std::to_string(getpid());
};

TEST_F(InputFileTest, is_known_again_by_its_content) {
  const auto before = identity();
  EXPECT_EQ(before.bytes, 6);
  write("{}\n{}\n");
  EXPECT_EQ(identity().sha256, before.sha256);
  write("{}\n[]\n");
  EXPECT_NE(identity().sha256, before.sha256);
}

TEST_F(InputFileTest, can_be_read_after_it_was_identified) {
  InputFile file(path_);
  ASSERT_TRUE(file.identify());
  EXPECT_EQ(file.bytes_read(), 0);
  std::array<char, 100> block{};
  EXPECT_EQ(file.read(block), 6U);
  EXPECT_EQ(file.bytes_read(), 6);
}

TEST_F(InputFileTest, has_no_identity_when_it_is_a_pipe) {
  EXPECT_FALSE(InputFile("/dev/null").identify());
  EXPECT_FALSE(InputFile("-").identify());
}

TEST_F(InputFileTest, names_a_file_that_is_not_there) {
  try {
    const InputFile file("/nowhere/x.jsonl");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("/nowhere/x.jsonl: No such file"));
  }
}

TEST_F(InputFileTest, ends_when_told_to_stop) {
  InputFile file(path_, [] { return true; });
  std::array<char, 100> block{};
  EXPECT_THROW(file.read(block), Stopped);
}

class PipeTest : public InputFileTest {
 protected:
  PipeTest() {
    unlink(path_.c_str());
    EXPECT_EQ(mkfifo(path_.c_str(), 0600), 0);
  }
};

TEST_F(PipeTest, ends_when_told_to_stop_though_nobody_has_opened_its_other_end) {
  int asked = 0;
  InputFile file(path_, [&asked] { return ++asked > 2; });
  std::array<char, 100> block{};
  EXPECT_THROW(file.read(block), Stopped);
}

TEST_F(PipeTest, is_read_from_its_first_writer_to_its_end) {
  InputFile file(path_);
  std::thread writer([this] { write("{}\n"); });
  std::array<char, 100> block{};
  EXPECT_EQ(file.read(block), 3U);
  EXPECT_EQ(file.read(block), 0U);
  writer.join();
}

}  // namespace
}  // namespace ingest
