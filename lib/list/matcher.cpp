#include "list/matcher.hpp"

#include <algorithm>
#include <cstring>

namespace mailtrust::list {
namespace {

std::size_t line_begin(std::string_view text, std::size_t at, std::size_t least) {
  const void* feed = ::memrchr(text.data() + least, '\n', at - least);
  if (feed == nullptr) return least;
  return static_cast<std::size_t>(static_cast<const char*>(feed) - text.data()) + 1;
}

// Behind the line feed.
std::size_t line_end(std::string_view text, std::size_t at) {
  const void* feed = std::memchr(text.data() + at, '\n', text.size() - at);
  if (feed == nullptr) return text.size();
  return static_cast<std::size_t>(static_cast<const char*>(feed) - text.data()) + 1;
}

std::size_t count_lines(std::string_view text) {
  auto feeds = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return feeds + (!text.empty() && text.back() != '\n' ? 1 : 0);
}

}  // namespace

void Matcher::run(std::string_view text, Selected& selected) const {
  selected = {std::move(selected.octets)};
  selected.octets.clear();
  switch (selection_) {
    case Selection::matching: return select_lines(text, selected);
    case Selection::others: return select_others(text, selected);
    case Selection::addresses: return select_addresses(text, selected);
  }
}

void Matcher::select_lines(std::string_view text, Selected& selected) const {
  std::size_t taken = 0;
  each_member(text, index_, [&](const Found& found) {
    auto begin = line_begin(text, found.begin, taken);
    taken = line_end(text, found.end);
    ++selected.lines;
    if (begin == 0) selected.has_first = true;
    if (keeps_octets_) selected.octets.append(text, begin, taken - begin);
    return taken;
  });
  selected.has_last = selected.lines > 0 && taken == text.size();
}

void Matcher::select_others(std::string_view text, Selected& selected) const {
  std::size_t passed = 0;  // up to here lines are selected or known to match
  auto select_to = [&](std::size_t end) {
    if (end == passed) return;
    auto part = text.substr(passed, end - passed);
    if (passed == 0) selected.has_first = true;
    selected.lines += count_lines(part);
    if (keeps_octets_) selected.octets.append(part);
  };
  each_member(text, index_, [&](const Found& found) {
    select_to(line_begin(text, found.begin, passed));
    return passed = line_end(text, found.end);
  });
  selected.has_last = passed < text.size();
  select_to(text.size());
}

void Matcher::select_addresses(std::string_view text, Selected& selected) const {
  each_member(text, index_, [&](const Found& found) {
    ++selected.lines;
    if (keeps_octets_) {
      selected.octets.append(text, found.begin, found.end - found.begin);
      selected.octets += '\n';
    }
    return found.end;
  });
}

}  // namespace mailtrust::list
