#pragma once
// Files that exporters wrote, read back: what a program that is given them would hold.

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "list/dnsxl.hpp"
#include "list/dnsxl_owner.hpp"
#include "list/entry.hpp"
#include "net/prefix_set.hpp"

namespace mailtrust::list::test {

/// What a list means: its addresses as a set, its names.
struct Meaning {
  std::vector<net::Range> ranges;
  std::set<std::string> names;  ///< as entries spell them

  void add(const Block& block) {
    ranges.push_back(
        {net::address_of(block.family, block.first), net::address_of(block.family, block.last)});
  }

  void add(const Entry& entry) {
    if (entry.has_block()) return add(entry.block);
    names.insert(to_string(entry));
  }

  void add(std::string_view spelled) { add(Entry::parse(spelled).value()); }

  friend bool operator==(const Meaning& a, const Meaning& b) {
    return net::PrefixSet::of(a.ranges) == net::PrefixSet::of(b.ranges) && a.names == b.names;
  }
};

inline std::vector<std::string_view> lines_of(std::string_view file) {
  auto lines = ascii::split(file, '\n');
  std::erase_if(lines, [](auto line) { return line.empty() || line[0] == '#' || line[0] == ';'; });
  return lines;
}

inline std::string_view strip(std::string_view text, std::string_view around) {
  while (!text.empty() && around.find(text.front()) != text.npos) text.remove_prefix(1);
  while (!text.empty() && around.find(text.back()) != text.npos) text.remove_suffix(1);
  return text;
}

/// One entry a line, its word `index` parted by blanks.
inline Meaning read_words(std::string_view file, std::size_t index, std::string_view around) {
  Meaning meaning;
  for (auto line : lines_of(file)) {
    auto words = ascii::split(line, ' ');
    if (words.size() <= index) continue;
    auto word = words[index];
    bool is_key = word.ends_with("\":") || (word.ends_with(':') && !word.ends_with("::"));
    word = strip(is_key ? word.substr(0, word.size() - 1) : word, around);
    if (word.starts_with("*@")) word.remove_prefix(1);
    bool is_domain = word.find_first_of("@:/") == word.npos && !net::Address::read(word);
    meaning.add(is_domain ? '@' + std::string(word) : std::string(word));
  }
  return meaning;
}

inline Meaning read_nftables(std::string_view file) {
  Meaning meaning;
  for (auto line : lines_of(file))
    if (line.starts_with("  ")) meaning.add(strip(line.substr(2, line.find(' ', 2) - 2), ","));
  return meaning;
}

inline Meaning read_ipset(std::string_view file) {
  Meaning meaning;
  for (auto line : lines_of(file))
    if (line.starts_with("add ")) meaning.add(ascii::split(line, ' ')[2]);
  return meaning;
}

inline Meaning read_master_file(std::string_view file) {
  Meaning meaning;
  for (auto line : lines_of(file)) {
    auto name = line.substr(0, line.find(' '));
    auto owner = dnsxl::read_owner(ascii::split(name, '.'));
    if (owner && !dnsxl::is_test_entry(*owner)) meaning.add(owner->block());
  }
  return meaning;
}

inline Meaning read_rbldnsd(std::string_view file) {
  Meaning meaning;
  for (auto line : lines_of(file)) {
    bool is_entry = std::string_view("$:!").find(line[0]) == std::string_view::npos;
    auto word = line.substr(0, line.find(' '));
    if (is_entry && line.find("test entry") == line.npos) meaning.add(word);
  }
  return meaning;
}

/// Of one alternative of a rule: `192\.0\.2\.(?:1|2|3)`, `10\.\d+\.\d+\.\d+`.
inline Block read_pattern(std::string_view pattern) {
  Block block;
  for (auto octet : ascii::split(pattern, '.')) {
    octet = strip(octet, "\\");
    unsigned low = 0;
    unsigned high = 255;
    if (octet != "d+") {
      auto numbers = ascii::split(strip(octet, "(?:)"), '|');
      low = parse_number<unsigned>(numbers.front()).value();
      high = parse_number<unsigned>(numbers.back()).value();
    }
    block.first = block.first << 8 | low;
    block.last = block.last << 8 | high;
  }
  return block;
}

inline void read_rule(std::string_view line, Meaning& meaning) {
  auto rest = line.substr(line.find("(?:") + 3);
  rest = rest.substr(0, rest.rfind(") /"));
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= rest.size(); ++i) {
    if (i < rest.size() && rest[i] == '(') ++depth;
    if (i < rest.size() && rest[i] == ')') --depth;
    if (i < rest.size() && (rest[i] != '|' || depth > 0)) continue;
    meaning.add(read_pattern(rest.substr(begin, i - begin)));
    begin = i + 1;
  }
}

inline Meaning read_spamassassin(std::string_view file) {
  Meaning meaning;
  for (auto line : lines_of(file)) {
    auto words = ascii::split(line, ' ');
    if (words[0] == "header") read_rule(line, meaning);
    if (words[0] == "welcomelist_from_rcvd") meaning.add(strip(words[2], "[]"));
    if (words[0] == "welcomelist_from" || words[0] == "blocklist_from")
      meaning.add(words[1].substr(words[1].starts_with("*@") ? 1 : 0));
  }
  return meaning;
}

inline Meaning read_csv(std::string_view file) {
  Meaning meaning;
  for (auto line : ascii::split(file, '\n')) {
    if (!line.starts_with('"')) continue;
    auto cell = line.substr(1, line.find("\",\"") - 1);
    meaning.add(cell.substr(cell.starts_with('\'') ? 1 : 0));
  }
  return meaning;
}

inline Meaning read_json(std::string_view file) {
  Meaning meaning;
  for (auto line : ascii::split(file, '\n')) {
    constexpr std::string_view kKey = "{\"entry\":\"";
    if (!line.starts_with(kKey)) continue;
    line.remove_prefix(kKey.size());
    meaning.add(line.substr(0, line.find('"')));
  }
  return meaning;
}

inline Meaning read_text(std::string_view file) {
  Meaning meaning;
  for (auto line : lines_of(file)) meaning.add(line.substr(0, line.find(';')));
  return meaning;
}

/// By the name of the format.
inline Meaning read_back(std::string_view format, std::string_view file) {
  if (format == "nftables") return read_nftables(file);
  if (format == "ipset") return read_ipset(file);
  if (format == "dnsxl") return read_master_file(file);
  if (format == "rbldnsd") return read_rbldnsd(file);
  if (format == "spamassassin") return read_spamassassin(file);
  if (format == "csv") return read_csv(file);
  if (format == "json") return read_json(file);
  if (format == "text") return read_text(file);
  if (format == "nginx") return read_words(file, 1, ";");
  return read_words(file, 0, "\"");
}

}  // namespace mailtrust::list::test
