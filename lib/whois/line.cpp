#include "whois/line.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "whois/words.hpp"

namespace mailtrust::whois {
namespace {

using registration::Role;

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestTitle = 80;

/// The classes of rwhois servers that stand before the key.
constexpr std::array<std::string_view, 6> kClasses = {"network",      "contact",  "org",
                                                      "organization", "referral", "customer"};

bool is_class(std::string_view name) {
  return std::ranges::any_of(kClasses, [&](auto known) { return ascii::iequals(known, name); });
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return ascii::is_alnum(c) || c == '-' || c == '_' || c == ';';
  });
}

/// "Key;I:value" behind a class, in `pair` as key and value.
void take_off_class(Pair& pair, std::string_view raw) {
  if (raw.empty() || ascii::is_space(raw.front()) || !is_class(pair.name)) return;
  auto colon = raw.substr(0, kLongestName).find(':');
  if (colon == raw.npos || raw.substr(colon).starts_with("://")) return;
  auto name = raw.substr(0, colon);
  if (!is_token(name)) return;
  pair.name = name.substr(0, name.find(';'));
  pair.value = ascii::trim(raw.substr(colon + 1));
}

std::optional<Pair> read_colon_pair(std::string_view line) {
  auto colon = line.substr(0, kLongestName).find(':');
  if (colon == line.npos || line.substr(colon).starts_with("://")) return std::nullopt;
  auto name = ascii::trim(line.substr(0, colon));
  while (name.ends_with('.') || name.ends_with(' ')) name.remove_suffix(1);
  if (name.empty() || name.find('@') != name.npos) return std::nullopt;
  auto raw = line.substr(colon + 1);
  Pair pair{name, ascii::trim(raw), ascii::is_space(line.front())};
  take_off_class(pair, raw);
  return pair;
}

/// "a. [Key]   value", also without the letter.
std::optional<Pair> read_bracket_pair(std::string_view line) {
  auto text = ascii::trim(line);
  if (text.size() > 2 && ascii::is_alpha(text[0]) && text[1] == '.')
    text = ascii::trim(text.substr(2));
  if (!text.starts_with('[')) return std::nullopt;
  auto close = text.substr(0, kLongestName).find(']');
  if (close == text.npos) return std::nullopt;
  return Pair{ascii::trim(text.substr(1, close - 1)), ascii::trim(text.substr(close + 1)), false};
}

}  // namespace

std::optional<Pair> read_pair(std::string_view line) {
  if (auto pair = read_bracket_pair(line)) return pair;
  return read_colon_pair(line);
}

std::optional<ListedNetwork> read_listed_network(std::string_view line) {
  auto open = line.find(" (NET");
  if (open == line.npos) return std::nullopt;
  auto close = line.find(')', open);
  if (close == line.npos) return std::nullopt;
  ListedNetwork listed;
  auto who = ascii::trim(line.substr(0, open));
  auto space = who.rfind(' ');
  if (who.find(':') != who.npos || space == who.npos) return std::nullopt;
  listed.organization = ascii::trim(who.substr(0, space));
  listed.name = who.substr(space + 1);
  listed.handle = line.substr(open + 2, close - open - 2);
  listed.range = ascii::trim(line.substr(close + 1));
  return listed;
}

bool is_section(std::string_view line) {
  return line.starts_with("[ ") && line.ends_with(']') && line.size() > 2 &&
         line.find(']') == line.size() - 1;
}

std::optional<Role> role_of_section(std::string_view line) {
  if (line.size() > kLongestTitle || !holds(line, "contact")) return std::nullopt;
  return role_of_words(line);
}

std::optional<Role> role_of_words(std::string_view words) {
  constexpr std::array<std::pair<std::string_view, Role>, 5> kWords = {{
      {"abuse", Role::abuse},
      {"spam", Role::abuse},
      {"noc", Role::noc},
      {"tech", Role::technical},
      {"admin", Role::administrative},
  }};
  words = words.substr(0, kLongestTitle);
  for (const auto& [word, role] : kWords)
    if (holds(words, word)) return role;
  return std::nullopt;
}

bool is_rule(std::string_view line) {
  return line.size() >= 3 && line.find_first_not_of("-=*_") == line.npos;
}

}  // namespace mailtrust::whois
