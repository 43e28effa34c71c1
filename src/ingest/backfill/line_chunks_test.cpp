#include "ingest/backfill/line_chunks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "ingest/compressed_test.hpp"

namespace ingest {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class LineChunksTest : public testing::Test {
 protected:
  ~LineChunksTest() override { unlink(path_.c_str()); }

  LineChunks& chunks_of(const std::string& bytes, std::size_t lines, std::size_t max_bytes = 1000) {
    std::ofstream(path_, std::ios::trunc | std::ios::binary) << bytes;
    file_ = std::make_unique<InputFile>(path_);
    chunks_ = std::make_unique<LineChunks>(*file_, LineChunks::Limits{lines, max_bytes}, 100);
    return *chunks_;
  }

  /// The numbers and texts of the next chunk: `1:a 3:c`.
  static std::string items(LineChunks& chunks) {
    LineChunk chunk;
    if (!chunks.take(chunk)) return "end";
    std::string text;
    for (const auto& item : chunk.items)
      text += std::to_string(item.number) + ":" + std::string(chunk.text(item)) + " ";
    return text;
  }

  const std::string path_ = testing::TempDir() + "line_chunks_test." + std::to_string(getpid());
  std::unique_ptr<InputFile> file_;
  std::unique_ptr<LineChunks> chunks_;
};

TEST_F(LineChunksTest, hold_so_many_lines) {
  auto& chunks = chunks_of("a\nb\nc\n", 2);
  EXPECT_EQ(items(chunks), "1:a 2:b ");
  EXPECT_EQ(items(chunks), "3:c ");
  EXPECT_EQ(items(chunks), "end");
}

TEST_F(LineChunksTest, close_when_they_have_enough_bytes) {
  auto& chunks = chunks_of("aaa\nbbb\nccc\n", 100, 4);
  EXPECT_EQ(items(chunks), "1:aaa 2:bbb ");
  EXPECT_EQ(items(chunks), "3:ccc ");
}

TEST_F(LineChunksTest, leave_out_empty_lines_and_count_them) {
  auto& chunks = chunks_of("\na\n\r\nb\n\n", 2);
  EXPECT_EQ(items(chunks), "2:a 4:b ");
  LineChunk rest;
  EXPECT_TRUE(chunks.take(rest));
  EXPECT_TRUE(rest.items.empty());
  EXPECT_EQ(std::pair(rest.begin, rest.end), std::pair(std::int64_t{4}, std::int64_t{5}));
}

TEST_F(LineChunksTest, begin_after_the_lines_that_were_skipped) {
  auto& chunks = chunks_of(test::zstd("a\nb\nc\n"), 1);
  chunks.skip(2);
  EXPECT_EQ(items(chunks), "3:c ");
}

TEST_F(LineChunksTest, give_the_lines_before_a_fault_and_then_the_fault_with_its_place) {
  const auto whole = test::gzip("a\nb\nc\n");
  auto& chunks = chunks_of(whole.substr(0, whole.size() - 3), 10);
  EXPECT_EQ(items(chunks), "1:a 2:b 3:c ");
  try {
    items(chunks);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr(path_), HasSubstr("after line 3"), HasSubstr("cut off")));
  }
}

TEST(AppliedLines, stand_before_the_first_gap) {
  AppliedLines applied(10);
  applied.add(20, 30);
  EXPECT_EQ(applied.lines(), 10);
  EXPECT_EQ(applied.with(30, 40), 10);
  EXPECT_EQ(applied.with(10, 20), 30);
  EXPECT_EQ(applied.lines(), 10);
  applied.add(30, 40);
  applied.add(10, 20);
  EXPECT_EQ(applied.lines(), 40);
  applied.add(40, 50);
  EXPECT_EQ(applied.lines(), 50);
}

}  // namespace
}  // namespace ingest
