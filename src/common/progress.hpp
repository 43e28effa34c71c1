#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <mutex>
#include <optional>
#include <string>

namespace common {

/// How far a long command is: on a terminal one line that is drawn again and again, with rate and time left;
/// elsewhere a log line every few seconds. Any thread may add.
class Progress {
 public:
  struct Options {
    std::string title;
    std::string unit = "items";
    std::optional<std::int64_t> total;  ///< nothing: unknown, so neither bar nor time left
    std::chrono::milliseconds redraw{200};
    std::chrono::milliseconds log_interval{5000};
  };

  /// Draws on `terminal`, which is that of standard error unless a test says otherwise; null: there is none.
  explicit Progress(Options options);
  Progress(Options options, std::ostream* terminal);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void add(std::int64_t count);
  /// Makes room for a line of other output; the next add() may draw again.
  void clear();
  /// The last state stays on the screen. Called by the destructor too.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  void show(Clock::time_point now);
  [[nodiscard]] std::string line(Clock::time_point now) const;

  const Options options_;
  std::ostream* const terminal_;
  const Clock::time_point started_ = Clock::now();

  std::mutex mutex_;
  std::int64_t done_ = 0;
  bool finished_ = false;
  Clock::time_point next_show_ = started_;
};

}  // namespace common
