#include "dkim/damage/field_changes.hpp"

#include <algorithm>
#include <array>

namespace mailtrust::dkim::damage {
namespace {

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

std::string on_one_line(std::string_view raw, const Group& /*group*/) {
  return unfolded(raw);
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
std::string refolded(std::string_view raw, const Group& /*group*/) {
  auto text = unfolded(raw);
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
std::string folded_after_separators(std::string_view raw, const Group& /*group*/) {
  auto field = split_field(unfolded(raw));
  std::string value;
  for (std::size_t i = 0; i < field.value.size(); ++i) {
    bool blank = field.value[i] == ' ' || field.value[i] == '\t';
    if (blank && (value.ends_with(',') || value.ends_with(';'))) value += "\r\n";
    value += field.value[i];
  }
  return SplitField{field.name, value}.raw();
}

std::string folded_after_separators_with_tab(std::string_view raw, const Group& group) {
  return folded_with(folded_after_separators(raw, group), "\t");
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

constexpr std::array<FieldChange, 20> kChanges = {{
    {"header-refolded", "on one line: lines were folded on the way", on_one_line},
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

}  // namespace

std::span<const FieldChange> field_changes() {
  return kChanges;
}

std::string unfolded(std::string_view raw) {
  auto field = split_field(raw);
  return SplitField{field.name, replaced(field.value, "\r\n", "")}.raw();
}

}  // namespace mailtrust::dkim::damage
