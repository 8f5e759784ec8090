#include "cli/console.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <unistd.h>

#include "base/ascii.hpp"
#include "base/descriptor.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "cli/screen.hpp"

namespace mailtrust::cli {
namespace {

constexpr std::chrono::milliseconds kPatience{500};
constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::size_t kMostBar = 40;

// What stderr cannot take is lost: there is nowhere left to say so.
void write_stderr(std::string_view text) {
  static_cast<void>(write_all(STDERR_FILENO, text));
}

bool is_name_of_file(std::string_view where) {
  constexpr std::size_t kLongestPath = 4096;  // PATH_MAX
  constexpr std::size_t kLongestPart = 255;   // NAME_MAX
  if (where.size() > kLongestPath || where.find('/') == std::string_view::npos) return false;
  return std::ranges::all_of(ascii::split(where, '/'),
                             [](auto part) { return part.size() <= kLongestPart; });
}

// Where each character of `text`, UTF-8, begins.
std::vector<std::size_t> characters(std::string_view text) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80) places.push_back(at);
  return places;
}

// Names of files are told whole; of what else is too long, its start, and its end for the line.
std::string shown(std::string_view where) {
  constexpr std::size_t kEnd = 17;
  constexpr std::string_view kCut = "...";
  auto text = escape_unsafe(where);
  auto places = characters(text);
  if (places.size() <= kMaxQuoted || is_name_of_file(where)) return text;
  auto begin = places[places.size() - kEnd];
  text.replace(places[kMaxQuoted - kEnd - kCut.size()], std::string::npos,
               std::string(kCut) + text.substr(begin));
  return text;
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
  bool is_told = error.message.starts_with(quote(error.where));
  if (!error.where.empty() && !is_told) line += shown(error.where) + ": ";
  line += escape_unsafe(error.message) + '\n';
  std::lock_guard lock(mutex_);
  if (++messages_ > limits::kMessagesPerInput) return;
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
  if (messages_ <= limits::kMessagesPerInput) return;
  write_stderr("mailtrust: " + std::to_string(messages_ - limits::kMessagesPerInput) +
               " more messages\n");
  messages_ = limits::kMessagesPerInput;
}

void Console::wipe() {
  if (drawn_) write_stderr("\r\x1b[K");
  drawn_ = false;
}

}  // namespace mailtrust::cli
