#include "list/export_words.hpp"

#include <algorithm>

#include "base/escape.hpp"

namespace mailtrust::list {
namespace {

constexpr std::string_view kCut = "...";

bool is_inside_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

void shorten(std::string& text, std::size_t most) {
  if (text.size() <= most) return;
  auto end = most - kCut.size();
  while (end > 0 && is_inside_character(text[end])) --end;
  text.resize(end);
  text += kCut;
}

}  // namespace

std::string plain_comment(std::string_view comment, std::size_t most) {
  auto text = escape_unsafe(comment.substr(0, most + 1));
  shorten(text, most);
  return text;
}

std::string quotable_comment(std::string_view comment, std::size_t most) {
  auto text = plain_comment(comment, most);
  std::ranges::replace(text, '"', '\'');
  std::ranges::replace(text, '\\', '/');
  return text;
}

std::string ascii_comment(std::string_view comment, std::size_t most) {
  std::string text;
  for (char c : comment.substr(0, most + 1)) {
    if (is_inside_character(c)) continue;
    text += c >= ' ' && c <= '~' ? c : '?';
  }
  shorten(text, most);
  return text;
}

void append_comment_line(std::string& out, std::string_view mark, std::string_view comment) {
  if (!comment.empty()) out.append(mark).append(plain_comment(comment)) += '\n';
}

std::string heading_lines(const Heading& heading, std::string_view mark, std::size_t entries,
                          std::string_view use) {
  std::string out(mark);
  out += "list " + plain_comment(heading.name);
  if (heading.verdict) out.append(", ").append(to_string(*heading.verdict));
  if (heading.exclusive) out += ", exclusive";
  out += ": " + std::to_string(entries) + (entries == 1 ? " entry\n" : " entries\n");
  if (!use.empty()) out.append(mark).append(use) += '\n';
  return out;
}

void sort_names(std::vector<NameLine>& names) {
  std::ranges::stable_sort(names, {}, &NameLine::first);
  auto same = [](const NameLine& a, const NameLine& b) { return a.first == b.first; };
  names.erase(std::unique(names.begin(), names.end(), same), names.end());
}

std::string cannot_hold(std::string_view what, Kind kind, std::string_view other) {
  std::string out(what);
  out += kind == Kind::address ? " cannot hold an " : " cannot hold a ";
  out += to_string(kind);
  if (!other.empty()) out.append("; use --format ").append(other);
  return out;
}

}  // namespace mailtrust::list
