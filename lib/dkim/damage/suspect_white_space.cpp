// Folding, blanks and case, which break c=simple, and the other canonicalization; the character set
// of 8-bit fields. RFC 6376 section 3.4.

#include <algorithm>
#include <array>
#include <functional>

#include "base/ascii.hpp"
#include "dkim/damage/header_suspects.hpp"
#include "dkim/damage/kinds.hpp"
#include "dkim/damage/recode.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kFoldsToTry = 20;

using Change = std::string (*)(std::string_view raw, const Group& group);

std::string replaced(std::string_view text, std::string_view old, std::string_view instead) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto found = std::min(text.find(old, at), text.size());
    out += text.substr(at, found - at);
    if (found < text.size()) out += instead;
    at = found + old.size();
  }
  return out;
}

std::string unfolded(std::string_view raw, const Group& /*group*/) {
  auto field = split_field(raw);
  return SplitField{field.name, replaced(field.value, "\r\n", "")}.raw();
}

std::string folded_with(std::string_view raw, std::string_view start) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    auto fold = std::min(raw.find("\r\n", at), raw.size());
    out += raw.substr(at, fold - at);
    at = std::min(raw.find_first_not_of(" \t", std::min(fold + 2, raw.size())), raw.size());
    if (fold < raw.size()) out.append("\r\n").append(at < raw.size() ? start : "");
  }
  return out;
}

template <std::size_t blanks>
std::string folded_with_blanks(std::string_view raw, const Group& /*group*/) {
  return folded_with(raw, std::string(blanks, ' '));
}

std::string folded_with_tab(std::string_view raw, const Group& /*group*/) {
  return folded_with(raw, "\t");
}

// A fold where there was no white space before; takes that of its line with it.
std::string joined_without_space(std::string_view raw, const Group& /*group*/) {
  auto field = split_field(raw);
  std::string value;
  for (std::size_t at = 0; at < field.value.size();) {
    auto fold = std::min(field.value.find("\r\n", at), field.value.size());
    value += field.value.substr(at, fold - at);
    at = std::min(field.value.find_first_not_of(" \t\r\n", fold), field.value.size());
  }
  return SplitField{field.name, value}.raw();
}

// Lines as long as they may be, broken at blanks, which start the next line.
template <std::size_t most>
std::string refolded(std::string_view raw, const Group& group) {
  auto text = unfolded(raw, group);
  text.resize(text.size() - 2);
  std::string out;
  std::string_view rest = text;
  auto first = rest.find(':') + 2;
  while (rest.size() > most) {
    auto at = rest.find_last_of(" \t", most);
    if (at == std::string_view::npos || at < std::max<std::size_t>(first, 1)) break;
    out.append(rest.substr(0, at)).append("\r\n");
    rest.remove_prefix(at);
    first = 1;
  }
  return out.append(rest).append("\r\n");
}

// One address or parameter a line.
std::string folded_after_separators(std::string_view raw, const Group& group) {
  auto field = split_field(unfolded(raw, group));
  std::string value;
  for (std::size_t i = 0; i < field.value.size(); ++i) {
    bool blank = field.value[i] == ' ' || field.value[i] == '\t';
    if (blank && (value.ends_with(',') || value.ends_with(';'))) value += "\r\n";
    value += field.value[i];
  }
  return SplitField{field.name, value}.raw();
}

std::string folded_after_separators_with_tab(std::string_view raw, const Group& group) {
  return folded_with_tab(folded_after_separators(raw, group), group);
}

std::string one_blank_after_colon(std::string_view raw, const Group& /*group*/) {
  auto field = split_field(raw);
  auto start = std::min(field.value.find_first_not_of(" \t"), field.value.size());
  return SplitField{field.name, " " + field.value.substr(start)}.raw();
}

std::string two_blanks_after_colon(std::string_view raw, const Group& group) {
  auto field = split_field(one_blank_after_colon(raw, group));
  return SplitField{field.name, " " + field.value}.raw();
}

std::string no_blank_after_colon(std::string_view raw, const Group& group) {
  auto field = split_field(one_blank_after_colon(raw, group));
  return SplitField{field.name, field.value.substr(1)}.raw();
}

std::string no_blanks_at_end(std::string_view raw, const Group& /*group*/) {
  auto field = split_field(raw);
  return SplitField{field.name, field.value.substr(0, field.value.find_last_not_of(" \t") + 1)}
      .raw();
}

std::string single_blanks(std::string_view raw, const Group& /*group*/) {
  std::string out;
  for (char c : raw)
    if ((c != ' ' && c != '\t') || !out.ends_with(' ')) out += c == '\t' ? ' ' : c;
  return out;
}

std::string named_as_in_h(std::string_view raw, const Group& group) {
  return SplitField{group.written, split_field(raw).value}.raw();
}

std::string named_in_lower_case(std::string_view raw, const Group& group) {
  return SplitField{group.name, split_field(raw).value}.raw();
}

std::string named_in_title_case(std::string_view raw, const Group& group) {
  auto name = group.name;
  for (std::size_t i = 0; i < name.size(); ++i)
    if ((i == 0 || name[i - 1] == '-') && name[i] >= 'a' && name[i] <= 'z')
      name[i] = static_cast<char>(name[i] - 'a' + 'A');
  if (name == "Mime-Version") name = "MIME-Version";
  if (name == "Message-Id") name = "Message-ID";
  return SplitField{name, split_field(raw).value}.raw();
}

std::string unchanged(std::string_view raw, const Group& /*group*/) {
  return std::string(raw);
}

struct Suspect {
  std::string_view kind;
  std::string_view message;
  Change change;
};

constexpr std::array<Suspect, 20> kSuspects = {{
    {"header-refolded", "on one line: lines were folded on the way", unfolded},
    {"header-refolded", "folded with a blank", folded_with_blanks<1>},
    {"header-refolded", "folded with a tab", folded_with_tab},
    {"header-refolded", "folded with two blanks", folded_with_blanks<2>},
    {"header-refolded", "folded with four blanks", folded_with_blanks<4>},
    {"header-refolded", "folded with eight blanks", folded_with_blanks<8>},
    {"header-refolded", "in lines of at most 78 octets: lines were joined on the way",
     refolded<78>},
    {"header-refolded", "in lines of at most 76 octets: lines were joined on the way",
     refolded<76>},
    {"header-refolded", "in lines of at most 72 octets: lines were joined on the way",
     refolded<72>},
    {"header-refolded", "folded after each comma and semicolon: lines were joined on the way",
     folded_after_separators},
    {"header-refolded", "folded after each comma and semicolon: lines were joined on the way",
     folded_after_separators_with_tab},
    {"field-spacing", "with one blank after the colon", one_blank_after_colon},
    {"field-spacing", "with nothing after the colon", no_blank_after_colon},
    {"field-spacing", "with two blanks after the colon", two_blanks_after_colon},
    {"field-spacing", "without blanks at the end", no_blanks_at_end},
    {"field-spacing", "with single blanks between words", single_blanks},
    {"field-name-case", "with the name in the case that h= has", named_as_in_h},
    {"field-name-case", "with the name in lower case", named_in_lower_case},
    {"field-name-case", "with the name in title case", named_in_title_case},
    {"header-refolded", "with lines joined where they were folded inside a word",
     joined_without_space},
}};

void suspect_in_all_fields(SuspectList& list) {
  for (const auto& suspect : kSuspects)
    for (bool all_but_signature : {true, false})
      list.everything(
          suspect.change, list.draft().form(), all_but_signature,
          make(suspect.kind, "would verify with the signed fields " + std::string(suspect.message)),
          1);
}

void suspect_in_each_field(SuspectList& list) {
  for (std::size_t i = 0; i < list.draft().groups().size(); ++i) {
    const auto& group = list.draft().groups()[i];
    if (!group.is_signed() || list.full()) continue;
    for (const auto& suspect : kSuspects) {
      auto fields = group.fields;
      for (auto& field : fields) field = suspect.change(field, group);
      list.fields(i, fields,
                  make(suspect.kind, "would verify with the " + group.written + " field " +
                                         std::string(suspect.message)),
                  2);
    }
  }
}

// A field of one fold, which stood elsewhere.
void suspect_fold(SuspectList& list, std::size_t group) {
  const auto& now = list.draft().groups()[group];
  auto text = unfolded(now.fields.front(), now);
  auto start = text.find(':') + 2;
  for (std::size_t folds = 0; folds < kFoldsToTry && start < text.size(); ++folds) {
    auto blank = text.find_first_of(" \t", start);
    if (blank == std::string::npos) return;
    start = blank + 1;
    auto fields = now.fields;
    fields.front() = text.substr(0, blank) + "\r\n" + text.substr(blank);
    list.fields(group, fields,
                make("header-refolded", "would verify with the " + now.written +
                                            " field folded at octet " + std::to_string(blank)),
                3);
  }
}

void suspect_form(SuspectList& list) {
  auto now = list.draft().form();
  auto other =
      now == Canonicalization::simple ? Canonicalization::relaxed : Canonicalization::simple;
  for (bool all_but_signature : {false, true})
    list.everything(unchanged, other, all_but_signature,
                    make("other-canonicalization",
                         "would verify with the header in " + std::string(to_string(other)) +
                             " form, though c= says " + std::string(to_string(now))),
                    0);
}

}  // namespace

void suspect_white_space(SuspectList& list) {
  suspect_form(list);
  suspect_in_all_fields(list);
  suspect_in_each_field(list);
}

void suspect_folds(SuspectList& list) {
  if (list.draft().form() == Canonicalization::relaxed) return;
  for (std::size_t i = 0; i < list.draft().signature_group(); ++i)
    if (list.draft().groups()[i].is_signed() && !list.full()) suspect_fold(list, i);
}

void suspect_charset(SuspectList& list) {
  for (std::size_t i = 0; i < list.draft().signature_group(); ++i) {
    const auto& group = list.draft().groups()[i];
    if (!group.is_signed() || is_ascii(group.fields.front())) continue;
    bool utf8 = is_utf8(group.fields.front());
    for (auto other : {Charset::latin1, Charset::windows1252}) {
      auto then = utf8 ? other : Charset::utf8;
      auto text = convert(group.fields.front(), utf8 ? Charset::utf8 : other, then);
      if (!text) continue;
      auto fields = group.fields;
      fields.front() = *text;
      list.fields(
          i, fields,
          make("charset", "would verify with the " + group.written + " field in " +
                              std::string(to_string(then)) + ": the character set was rewritten"),
          1);
    }
  }
}

}  // namespace mailtrust::dkim::damage
