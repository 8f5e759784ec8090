#include "cli/console.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>

#include <unistd.h>

#include "base/escape.hpp"
#include "cli/screen.hpp"

namespace mailtrust::cli {
namespace {

constexpr std::chrono::milliseconds kPatience{500};
constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::size_t kMostBar = 40;

// What stderr cannot take is lost: there is nowhere left to say so.
void write_stderr(std::string_view text) {
  while (!text.empty()) {
    auto written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool wants_progress(const Globals& globals) {
  if (globals.progress != When::automatic) return globals.progress == When::always;
  return !globals.quiet && isatty(STDERR_FILENO) == 1;
}

}  // namespace

std::string progress_line(const Progress& progress, std::size_t width) {
  auto count = std::to_string(progress.done) + " done";
  if (!progress.fraction) return count;
  auto fraction = std::clamp(*progress.fraction, 0.0, 1.0);
  auto percent = std::to_string(static_cast<int>(std::floor(fraction * 100)));
  count = std::string(4 - percent.size(), ' ') + percent + "% " + count;
  if (width < count.size() + 6) return count;
  auto cells = std::min(width - count.size() - 3, kMostBar);
  auto full = static_cast<std::size_t>(fraction * static_cast<double>(cells));
  return '[' + std::string(full, '#') + std::string(cells - full, '.') + ']' + count;
}

Console::Console(const Globals& globals)
    : shows_progress_(wants_progress(globals)), width_(look_at(STDERR_FILENO, globals).width) {}

void Console::complain(const Error& error) {
  std::string line = "mailtrust: ";
  if (!error.where.empty()) line += escape_unsafe(error.where) + ": ";
  line += escape_unsafe(error.message) + '\n';
  std::lock_guard lock(mutex_);
  if (++messages_ > kMostMessages) return;
  wipe();
  write_stderr(line);
}

void Console::show(const Progress& progress) {
  if (!shows_progress_) return;
  auto now = Clock::now();
  std::lock_guard lock(mutex_);
  if (now - begin_ < kPatience || now - last_ < kRedraw) return;
  last_ = now;
  drawn_ = true;
  write_stderr("\r\x1b[K" + progress_line(progress, width_));
}

void Console::clear() {
  std::lock_guard lock(mutex_);
  wipe();
}

void Console::finish() {
  std::lock_guard lock(mutex_);
  wipe();
  if (messages_ <= kMostMessages) return;
  write_stderr("mailtrust: " + std::to_string(messages_ - kMostMessages) + " more messages\n");
  messages_ = kMostMessages;
}

void Console::wipe() {
  if (drawn_) write_stderr("\r\x1b[K");
  drawn_ = false;
}

}  // namespace mailtrust::cli
