#include "cli/screen.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/ascii.hpp"
#include "base/number.hpp"

namespace mailtrust::cli {
namespace {

constexpr std::size_t kMostWidth = 1000;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::size_t width_of(int descriptor, bool terminal) {
  auto wanted = parse_number<std::size_t>(environment("COLUMNS"));
  winsize size{};
  if (!wanted && terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    wanted = size.ws_col;
  return std::clamp(wanted.value_or(80), kLeastWidth, kMostWidth);
}

bool wants_color(When when, bool terminal) {
  if (when != When::automatic) return when == When::always;
  return terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
}

bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    auto locale = environment(name);
    if (locale.empty()) continue;
    auto lowered = ascii::to_lower(locale);
    return lowered.find("utf-8") != std::string::npos || lowered.find("utf8") != std::string::npos;
  }
  return false;
}

}  // namespace

Screen look_at(int descriptor, const Globals& globals) {
  Screen screen;
  screen.terminal = isatty(descriptor) == 1;
  screen.width = width_of(descriptor, screen.terminal);
  screen.color = wants_color(globals.color, screen.terminal);
  screen.unicode = speaks_utf8();
  screen.verbose = globals.verbose;
  return screen;
}

}  // namespace mailtrust::cli
