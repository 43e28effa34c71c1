#include "common/timestamp.hpp"

#include <chrono>

namespace common {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads from the left; every read fails once one has failed.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool failed() const { return failed_; }

  bool take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(std::string_view any_of) {
    if (!take(any_of)) failed_ = true;
  }
  int number(std::size_t digits, int max) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest_.empty() || !is_digit(rest_.front())) {
        failed_ = true;
        return 0;
      }
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (value > max) failed_ = true;
    return value;
  }
  /// One digit or more of a fraction, in microseconds.
  int fraction() {
    int value = 0;
    int digits = 0;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1), ++digits) {
      if (digits < 6) value = value * 10 + (rest_.front() - '0');
    }
    if (digits == 0) failed_ = true;
    for (; digits < 6; ++digits) value *= 10;
    return value;
  }
  [[nodiscard]] bool next_is_digit() const { return !rest_.empty() && is_digit(rest_.front()); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

std::int64_t scan_date(Scanner& in, bool& valid) {
  const int year = in.number(4, 9999);
  in.expect("-");
  const int month = in.number(2, 12);
  in.expect("-");
  const int day = in.number(2, 31);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  valid = !in.failed() && date.ok();
  return valid ? sys_days(date).time_since_epoch().count() * kSecondsPerDay : 0;
}

struct TimeOfDay {
  int seconds = 0;
  int microseconds = 0;
};

TimeOfDay scan_time(Scanner& in) {
  TimeOfDay time;
  time.seconds = in.number(2, 23) * 3600;
  in.expect(":");
  time.seconds += in.number(2, 59) * 60;
  if (in.take(":")) {
    time.seconds += in.number(2, 60);
    if (in.take(".,")) time.microseconds = in.fraction();
  }
  return time;
}

/// Seconds east of UTC; nothing when no offset is written.
std::optional<int> scan_offset(Scanner& in) {
  if (in.take("Zz")) return 0;
  const bool west = in.take("-");
  if (!west && !in.take("+")) return std::nullopt;
  int seconds = in.number(2, 23) * 3600;
  if (in.take(":") || in.next_is_digit()) seconds += in.number(2, 59) * 60;
  return west ? -seconds : seconds;
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  Scanner in(text);
  bool valid = false;
  std::int64_t seconds = scan_date(in, valid);
  if (!valid) return std::nullopt;

  TimeOfDay time;
  std::optional<int> offset;
  if (!in.at_end()) {
    in.expect("Tt ");
    time = scan_time(in);
    offset = scan_offset(in);
  }
  if (in.failed() || !in.at_end()) return std::nullopt;

  seconds += time.seconds - offset.value_or(0);
  static constexpr std::int64_t kFirst = sys_days(std::chrono::year(1) / 1 / 1).time_since_epoch().count();
  static constexpr std::int64_t kEnd = sys_days(std::chrono::year(10000) / 1 / 1).time_since_epoch().count();
  if (seconds < kFirst * kSecondsPerDay || seconds >= kEnd * kSecondsPerDay) return std::nullopt;
  return Timestamp{seconds * kMicrosecondsPerSecond + time.microseconds, offset.has_value()};
}

std::string format_timestamp(std::int64_t unix_microseconds) {
  const std::chrono::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(unix_microseconds)};
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::string text = "0000-00-00T00:00:00.000000Z";
  // Every log line has one, and printf() reads its format anew each time.
  const auto put = [&text](std::size_t end, auto number) {
    for (; number > 0; number /= 10) text[--end] = static_cast<char>('0' + number % 10);
  };
  put(4, static_cast<int>(date.year()));
  put(7, static_cast<unsigned>(date.month()));
  put(10, static_cast<unsigned>(date.day()));
  put(13, clock.hours().count());
  put(16, clock.minutes().count());
  put(19, clock.seconds().count());
  put(26, clock.subseconds().count());
  return text;
}

}  // namespace common
