#include "common/progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace common {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Progress, a_terminal_sees_how_much_of_the_whole_is_done) {
  std::ostringstream terminal;
  Progress progress({.title = "backfill", .unit = "lines", .total = 200, .redraw = 0ms}, &terminal);
  progress.add(50);
  progress.add(50);
  EXPECT_THAT(terminal.str(),
              AllOf(HasSubstr("25% 50/200 lines"), HasSubstr("50% 100/200 lines"), HasSubstr(" left")));
}

TEST(Progress, without_a_whole_there_is_neither_a_bar_nor_time_left) {
  std::ostringstream terminal;
  Progress progress({.title = "backfill", .total = {}, .redraw = 0ms}, &terminal);
  progress.add(7);
  EXPECT_THAT(terminal.str(),
              AllOf(HasSubstr("backfill 7 items"), Not(HasSubstr("%")), Not(HasSubstr("left"))));
}

TEST(Progress, the_last_state_stays_on_the_screen) {
  std::ostringstream terminal;
  {
    Progress progress({.title = "replay", .total = 2, .redraw = 1h}, &terminal);
    progress.add(1);
    progress.add(1);
  }
  EXPECT_THAT(terminal.str(), AllOf(HasSubstr("100% 2/2"), EndsWith("\n")));
}

TEST(Progress, it_makes_room_for_other_output) {
  std::ostringstream terminal;
  Progress progress({.title = "replay", .total = {}, .redraw = 0ms}, &terminal);
  progress.add(1);
  progress.clear();
  EXPECT_THAT(terminal.str(), EndsWith("\r\x1b[K"));
}

TEST(Progress, it_is_not_drawn_more_often_than_told) {
  std::ostringstream terminal;
  Progress progress({.title = "replay", .total = {}, .redraw = 1h}, &terminal);
  for (int i = 0; i < 100; ++i) progress.add(1);
  EXPECT_THAT(terminal.str(), AllOf(HasSubstr("replay 1 "), Not(HasSubstr("replay 2 "))));
}

}  // namespace
}  // namespace common
