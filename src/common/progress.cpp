#include "common/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "common/log.hpp"

namespace common {
namespace {

constexpr int kBarWidth = 30;

std::ostream* terminal_of_stderr() {
  return isatty(STDERR_FILENO) == 1 ? &std::cerr : nullptr;
}

/// 1:02:03
std::string clock_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  char text[32];
  std::snprintf(text, sizeof(text), "%lld:%02lld:%02lld", static_cast<long long>(whole / 3600),
                static_cast<long long>(whole / 60 % 60), static_cast<long long>(whole % 60));
  return text;
}

}  // namespace

Progress::Progress(Options options) : Progress(std::move(options), terminal_of_stderr()) {}

Progress::Progress(Options options, std::ostream* terminal)
    : options_(std::move(options)), terminal_(terminal) {}

Progress::~Progress() {
  finish();
}

void Progress::add(std::int64_t count) {
  const std::scoped_lock lock(mutex_);
  done_ += count;
  const auto now = Clock::now();
  if (now < next_show_) return;
  show(now);
  next_show_ = now + (terminal_ != nullptr ? options_.redraw : options_.log_interval);
}

void Progress::clear() {
  const std::scoped_lock lock(mutex_);
  if (terminal_ != nullptr && !finished_) *terminal_ << "\r\x1b[K" << std::flush;
}

void Progress::finish() {
  const std::scoped_lock lock(mutex_);
  if (finished_) return;
  finished_ = true;
  show(Clock::now());
  if (terminal_ != nullptr) *terminal_ << '\n' << std::flush;
}

void Progress::show(Clock::time_point now) {
  if (terminal_ != nullptr) {
    *terminal_ << '\r' << line(now) << "\x1b[K" << std::flush;
    return;
  }
  const double seconds = std::chrono::duration<double>(now - started_).count();
  const double rate = seconds > 0 ? static_cast<double>(done_) / seconds : 0;
  if (options_.total) {
    log::info(options_.title, {{"done", done_}, {"total", *options_.total}, {"per_second", rate}});
  } else {
    log::info(options_.title, {{"done", done_}, {"per_second", rate}});
  }
}

std::string Progress::line(Clock::time_point now) const {
  const double seconds = std::chrono::duration<double>(now - started_).count();
  const double rate = seconds > 0 ? static_cast<double>(done_) / seconds : 0;
  std::string text = options_.title + " ";
  if (options_.total && *options_.total > 0) {
    const double share = std::min(1.0, static_cast<double>(done_) / static_cast<double>(*options_.total));
    const int filled = static_cast<int>(share * kBarWidth);
    // Appended piece by piece, here and below: GCC 12 warns of "…" + std::string where nothing is wrong.
    text.append("[").append(static_cast<std::size_t>(filled), '#');
    text.append(static_cast<std::size_t>(kBarWidth - filled), '.').append("] ");
    text.append(std::to_string(static_cast<int>(share * 100))).append("% ");
  }
  text += std::to_string(done_);
  if (options_.total) text.append("/").append(std::to_string(*options_.total));
  text += " " + options_.unit + ", " + std::to_string(static_cast<std::int64_t>(rate)) + "/s";
  if (options_.total && rate > 0 && done_ < *options_.total) {
    text += ", " + clock_text(static_cast<double>(*options_.total - done_) / rate) + " left";
  }
  return text;
}

}  // namespace common
