#include "maillog/syslog.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "maillog/cursor.hpp"

namespace mailtrust::maillog {
namespace {

constexpr unsigned kMostRepeats = 100;  // what a line can cost stays bounded by its length

/// "[sd@1 a=\"]\"] " or "- "
bool skip_structured_data(Cursor& line) {
  if (line.skip("-")) return true;
  bool is_any = false;
  while (line.skip("[")) {
    is_any = true;
    while (!line.at_end() && !line.sees("]")) {
      line.word("\"]");
      line.take(line.quoted());
      if (line.sees("\"")) return false;
    }
    line.skip("]");
  }
  return is_any;
}

}  // namespace

bool skip_priority(std::string_view& line) {
  if (!line.starts_with('<') || line.size() < 4) return false;
  auto close = line.find('>', 2);
  if (close > 4) return false;
  line.remove_prefix(close + 1);
  if (!line.starts_with("1 ")) return false;
  line.remove_prefix(2);
  return true;
}

std::optional<Tagged> read_tagged(std::string_view text) {
  Cursor line(text);
  if (line.skip("<")) line.until("> ");  // FreeBSD's syslogd -v: "<mail.info> "
  line.word();
  for (int words = 0; words < 2 && line.skip(" "); ++words) {
    auto tag = line.word(" [:");
    if (line.sees(" ")) continue;
    if (line.skip("[")) line.until("]");
    if (!line.skip(":") || tag.empty()) return std::nullopt;
    line.skip(" ");
    if (line.skip("[ID ")) line.until("] ");
    return Tagged{tag, line.rest()};
  }
  return std::nullopt;
}

std::optional<Tagged> read_structured(std::string_view text) {
  Cursor line(text);
  line.word();
  line.skip(" ");
  auto tag = line.word();
  for (int words = 0; words < 2; ++words) {
    line.skip(" ");
    line.word();
  }
  if (!line.skip(" ") || !skip_structured_data(line)) return std::nullopt;
  line.skip(" ");
  line.skip("\xEF\xBB\xBF");
  return Tagged{tag, line.rest()};
}

Repeated read_repeated(std::string_view message) {
  Cursor line(message);
  if (!line.skip("message repeated ")) return {message, 1};
  auto times = parse_number<unsigned>(line.word());
  if (!times || !line.skip(" times: [ ") || !line.rest().ends_with(']')) return {message, 1};
  auto text = line.rest();
  text.remove_suffix(1);
  return {text, std::min(*times, kMostRepeats)};
}

}  // namespace mailtrust::maillog
