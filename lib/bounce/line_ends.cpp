#include "bounce/line_ends.hpp"

#include <algorithm>

namespace mailtrust::bounce {
namespace {

std::string_view without_blanks_behind(std::string_view line) {
  auto last = line.find_last_not_of(" \t\r\v\f");
  return last == std::string_view::npos ? std::string_view{} : line.substr(0, last + 1);
}

}  // namespace

bool has_lone_cr(std::string_view octets) {
  for (auto at = octets.find('\r'); at != std::string_view::npos; at = octets.find('\r', at + 1))
    if (octets.substr(at + 1, 1) != "\n") return true;
  return false;
}

std::string with_lf(std::string_view octets) {
  std::string out;
  out.reserve(octets.size() + 1);
  while (!octets.empty()) {
    auto at = std::min(octets.find('\r'), octets.size());
    out.append(octets.substr(0, at));
    octets.remove_prefix(at);
    if (octets.empty()) break;
    auto end = std::min(octets.find_first_not_of('\r'), octets.size());
    bool ends_in_lf = end < octets.size() && octets[end] == '\n';
    out.append(ends_in_lf ? 1 : end, '\n');
    octets.remove_prefix(ends_in_lf ? end + 1 : end);
  }
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto end = text.find('\n');
    lines.push_back(without_blanks_behind(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace mailtrust::bounce
