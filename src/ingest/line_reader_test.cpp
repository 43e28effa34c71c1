#include "ingest/line_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/compressed_test.hpp"

namespace ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t kKeepBytes = 100;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> last;
  for (const std::size_t piece_bytes : {1, 7, 100'000}) {
    test::TextStream stream(text, piece_bytes);
    LineReader reader(stream, kKeepBytes);
    std::vector<std::string> lines;
    while (const auto line = reader.next()) {
      EXPECT_EQ(line->bytes, static_cast<std::int64_t>(line->text.size()));
      lines.emplace_back(line->text);
    }
    EXPECT_EQ(reader.count(), static_cast<std::int64_t>(lines.size()));
    if (piece_bytes > 1) {
      EXPECT_EQ(lines, last) << "in pieces of " << piece_bytes;
    }
    last = lines;
  }
  return last;
}

TEST(LineReader, ends_lines_at_lf_and_at_crlf) {
  EXPECT_THAT(lines_of("a\nb\r\nc\n"), ElementsAre("a", "b", "c"));
}

TEST(LineReader, reads_a_last_line_without_end) {
  EXPECT_THAT(lines_of("a\nb"), ElementsAre("a", "b"));
}

TEST(LineReader, keeps_empty_lines) {
  EXPECT_THAT(lines_of("\n\r\na\n\n"), ElementsAre("", "", "a", ""));
}

TEST(LineReader, reads_nothing_from_an_empty_file) {
  EXPECT_THAT(lines_of(""), IsEmpty());
}

TEST(LineReader, drops_a_byte_order_mark_before_the_first_line_only) {
  EXPECT_THAT(lines_of("\xef\xbb\xbf{}\n\xef\xbb\xbf{}\n"), ElementsAre("{}", "\xef\xbb\xbf{}"));
}

TEST(LineReader, keeps_a_carriage_return_within_a_line) {
  EXPECT_THAT(lines_of("a\rb\r\r\nc\r"), ElementsAre("a\rb\r", "c\r"));
}

TEST(LineReader, cuts_a_line_that_is_too_long_and_goes_on_after_it) {
  for (const std::size_t length : {kKeepBytes + 1, std::size_t{5000}, std::size_t{3'000'000}}) {
    for (const auto* end : {"\n", "\r\n"}) {
      test::TextStream stream("a\n" + std::string(length, 'x') + end + "b\n", 9999);
      LineReader reader(stream, kKeepBytes);
      EXPECT_EQ(reader.next()->text, "a");
      const auto line = reader.next();
      EXPECT_EQ(line->text, std::string(kKeepBytes, 'x'));
      EXPECT_GE(line->bytes, static_cast<std::int64_t>(length));
      EXPECT_LE(line->bytes, static_cast<std::int64_t>(length) + 1);
      EXPECT_EQ(reader.next()->text, "b");
      EXPECT_FALSE(reader.next());
    }
  }
}

TEST(LineReader, keeps_the_longest_line_whole) {
  const std::string longest(kKeepBytes, 'x');
  EXPECT_THAT(lines_of(longest + "\n" + longest), ElementsAre(longest, longest));
}

TEST(LineReader, cuts_a_last_line_without_end_too) {
  test::TextStream stream(std::string(5000, 'x'), 9);
  LineReader reader(stream, kKeepBytes);
  const auto line = reader.next();
  EXPECT_EQ(line->text.size(), kKeepBytes);
  EXPECT_EQ(line->bytes, 5000);
  EXPECT_FALSE(reader.next());
}

}  // namespace
}  // namespace ingest
