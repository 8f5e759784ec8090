// Marks that lists and filters put on a Subject, and encoded words (RFC 2047) written anew.

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dkim/damage/encoded_words.hpp"
#include "dkim/damage/header_suspects.hpp"
#include "dkim/damage/kinds.hpp"
#include "dkim/damage/recode.hpp"
#include "message/address.hpp"
#include "message/header.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kMostMarks = 6;
constexpr std::size_t kLongestMark = 100;
constexpr std::size_t kLongestWord = 24;      // "External Email:"
constexpr std::size_t kLongestSubject = 400;  // that is encoded anew
constexpr std::size_t kQuoted = 40;

std::size_t past_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

// The length of "[list]", "(ext)", "{x}", "***SPAM***", "_SPAM_", "Re:" or "SPAM" at the start; 0:
// none.
std::size_t mark_length(std::string_view text) {
  if (text.empty()) return 0;
  constexpr std::string_view kOpen = "[({<", kClose = "])}>";
  auto bracket = kOpen.find(text.front());
  if (bracket != std::string_view::npos) {
    auto end = text.substr(0, kLongestMark).find(kClose[bracket]);
    if (end == std::string_view::npos) return 0;
    return end + 1 + (text.substr(end + 1).starts_with(':') ? 1 : 0);
  }
  if (text.front() == '*' || text.front() == '_' || text.front() == '#') {
    auto word = std::min(text.find_first_not_of(text.front()), text.size());
    auto end = text.substr(0, kLongestMark).find(text.front(), word);
    if (end == std::string_view::npos) return 0;
    return std::min(text.find_first_not_of(text.front(), end), text.size());
  }
  auto colon = text.substr(0, kLongestWord).find(':');
  if (colon != std::string_view::npos) return colon + 1;
  auto word = text.substr(0, text.find_first_of(" \r\n"));
  bool shouted = word.size() > 2 && word.size() <= kLongestWord &&
                 std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
  return shouted ? word.size() : 0;
}

struct Mark {
  std::size_t begin = 0;
  std::size_t after = 0;  // where the next mark or the rest starts
};

std::vector<Mark> marks_of(std::string_view value) {
  std::vector<Mark> marks;
  for (auto at = past_blanks(value, 0); marks.size() < kMostMarks;) {
    auto length = mark_length(value.substr(at));
    if (length == 0) break;
    marks.push_back({at, past_blanks(value, at + length)});
    at = marks.back().after;
  }
  return marks;
}

Damage prefix_damage(std::string_view mark) {
  return make("subject-prefix", "would verify without " + quote(ascii::trim(mark), kQuoted) +
                                    " in the Subject: it was put there on the way");
}

// `prefix`: a mark that has to go as well.
void suspect_encoding(SuspectList& list, std::size_t group, std::size_t which,
                      std::string_view value, std::string_view prefix) {
  auto text = message::unfold(value);
  if (text.size() > kLongestSubject) return;
  auto decoded = message::decode_words(text);
  if (decoded == text && is_ascii(text)) return;
  // Inside an encoded word the mark shows only now.
  std::vector<std::pair<std::string, std::string>> texts = {{decoded, std::string(prefix)}};
  for (const auto& mark : marks_of(decoded))
    texts.emplace_back(decoded.substr(mark.after), decoded.substr(0, mark.after));
  for (const auto& [words, taken] : texts)
    for (const auto& writing : encoded_in_other_ways(words)) {
      auto raws = list.draft().groups()[group].fields;
      raws[which] = SplitField{split_field(raws[which]).name, " " + writing}.raw();
      Edit edit;
      edit.changes.push_back({group, list.draft().canonical(group, raws, list.draft().form())});
      if (!taken.empty()) edit.damages.push_back(prefix_damage(taken));
      edit.damages.push_back(make("encoded-words", "would verify with the Subject written as " +
                                                       quote(writing, kQuoted) +
                                                       ": it was encoded anew"));
      edit.weight = 1;
      list.add(std::move(edit));
    }
}

void suspect_suffix(SuspectList& list, std::size_t group, std::size_t which,
                    std::string_view value) {
  auto text = ascii::trim(value);
  if (!text.ends_with(']') && !text.ends_with(')') && !text.ends_with('*')) return;
  constexpr std::string_view kClose = "])*", kOpen = "[(*";
  auto open = kOpen[kClose.find(text.back())];
  auto start = text.find_last_of(open, text.find_last_not_of('*'));
  if (start == std::string_view::npos || start == 0) return;
  while (start > 0 && text[start - 1] == open) --start;
  auto kept = text.substr(0, start);
  kept = kept.substr(0, kept.find_last_not_of(" \t\r\n") + 1);
  list.value(group, which, " " + std::string(kept), prefix_damage(text.substr(start)), 1);
}

}  // namespace

void suspect_subject(SuspectList& list) {
  auto group = list.find("subject");
  if (!group || !list.draft().groups()[*group].is_signed()) return;
  auto value = split_field(list.draft().groups()[*group].fields.front()).value;
  auto marks = marks_of(value);
  for (std::size_t to = 0; to < marks.size(); ++to)
    for (std::size_t from = 0; from <= to; ++from) {
      auto begin = marks[from].begin, after = marks[to].after;
      auto mark = std::string_view(value).substr(begin, after - begin);
      list.value(*group, 0, value.substr(0, begin) + value.substr(after), prefix_damage(mark),
                 from == 0 || from == 1 ? 0 : 1);
    }
  suspect_suffix(list, *group, 0, value);
  suspect_encoding(list, *group, 0, value, {});
  if (!marks.empty())
    suspect_encoding(list, *group, 0, std::string_view(value).substr(marks.front().after),
                     std::string_view(value).substr(0, marks.front().after));
}

}  // namespace mailtrust::dkim::damage
