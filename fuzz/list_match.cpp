// grep for addresses, the quick way and the obvious one: words of the text, each looked up in each
// entry. What counts as an address is told in mailtrust-list-match(1).
#include <array>

#include "base/ascii.hpp"
#include "fuzz/target.hpp"
#include "list/block_text.hpp"
#include "list/matcher.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

struct List {
  std::vector<list::Block> blocks;
  list::AddressIndex index;
};

// Indices are too large to be made for each input.
List make_list(std::initializer_list<const char*> entries) {
  list::Blocks all;
  std::vector<list::Block> blocks;
  for (const auto* entry : entries) {
    blocks.push_back(list::read_block_text(entry)->block);
    all.add(blocks.back());
  }
  return {std::move(blocks), list::AddressIndex(all.take())};
}

const List& list_of(std::uint8_t mode) {
  static const std::array lists = {
      make_list(
          {"192.0.2.0/25", "10.0.0.0/8", "198.51.100.7", "2001:db8::/32", "::1", "64:ff9b::/96"}),
      make_list(
          {"0.0.0.0/1", "203.0.113.5-203.0.113.9", "2001:db8:0:1::-2001:db8:0:2::", "8000::/1"}),
      make_list({"0.0.0.0", "255.255.255.255", "1.2.3.4", "::", "1::"})};
  return lists[mode % lists.size()];
}

bool holds(const List& list, net::Address address) {
  address = address.unmapped();
  auto block = list::block_of(address);
  return std::ranges::any_of(list.blocks, [&](const auto& each) { return each.contains(block); });
}

bool is_part(char c) {
  return ascii::is_alnum(c) || c == '.' || c == ':';
}

// What the text holds for certain, and whether that is all it can hold: words with colons that are
// no address by themselves may be one behind a label.
struct Words {
  std::vector<std::string_view> addresses;
  bool sure = true;
};

std::string_view without_dots(std::string_view word) {
  while (word.starts_with('.')) word.remove_prefix(1);
  while (word.ends_with('.')) word.remove_suffix(1);
  return word;
}

void take_word(std::string_view word, Words& words) {
  auto bare = without_dots(word);
  if (word.find(':') == std::string_view::npos) {
    if (net::Address::read(bare)) words.addresses.push_back(bare);
  } else if (net::Address::read(word)) {
    words.addresses.push_back(word);
  } else {
    words.sure = false;
  }
}

Words words_of(std::string_view text) {
  Words words;
  for (std::size_t i = 0; i < text.size();) {
    auto end = i;
    while (end < text.size() && is_part(text[end])) ++end;
    if (end > i) take_word(text.substr(i, end - i), words);
    i = end + 1;
  }
  return words;
}

// As each_member() goes on: an address may be met again from its next place.
std::vector<std::string_view> found_in(std::string_view text, list::Engine engine) {
  std::vector<std::string_view> out;
  static list::Places places;
  list::Found found;
  std::size_t resume = 0;
  std::size_t taken = 0;
  for (auto place : list::find_places(text, 0, places, engine)) {
    if (place < resume) continue;
    bool is_address = read_around(text, place, found);
    require(found.end >= place, "the search goes on");
    resume = found.end;
    if (!is_address || found.begin < taken) continue;
    out.push_back(text.substr(found.begin, found.end - found.begin));
    taken = found.end;
  }
  return out;
}

void compare_addresses(std::string_view text) {
  auto found = found_in(text, list::Engine::portable);
  for (auto engine : {list::Engine::sse2, list::Engine::avx2})
    if (list::is_available(engine)) require(found_in(text, engine) == found, "all engines agree");
  const char* before = text.data();
  for (auto address : found) {
    require(net::Address::read(address).has_value(), "what is found is an address");
    require(address.data() >= before, "one behind the other");
    before = address.data() + address.size();
    require(before == text.data() + text.size() || !ascii::is_alnum(*before), "as a whole word");
  }
  auto words = words_of(text);
  for (auto word : words.addresses)
    require(std::ranges::any_of(
                found, [&](auto each) { return each.data() == word.data() && each == word; }),
            "every word that is an address is found");
  require(!words.sure || found.size() == words.addresses.size(), "and nothing else");
}

std::string lines_that_match(std::string_view text, const List& list) {
  std::string out;
  while (!text.empty()) {
    auto line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    text.remove_prefix(line.size());
    auto addresses = found_in(line, list::Engine::portable);
    bool match = std::ranges::any_of(
        addresses, [&](auto each) { return holds(list, *net::Address::read(each)); });
    if (match) out += line;
  }
  return out;
}

void compare_lines(std::string_view text, const List& list) {
  using list::Selection;
  list::Selected matching;
  list::Selected others;
  list::Matcher(list.index, Selection::matching, true).run(text, matching);
  list::Matcher(list.index, Selection::others, true).run(text, others);
  require(matching.octets == lines_that_match(text, list), "the lines that hold one of the list");
  require(matching.octets.size() + others.octets.size() == text.size(), "and the others");
  list::Selected alone;
  list::Matcher(list.index, Selection::addresses, true).run(text, alone);
  require((alone.lines > 0) == (matching.lines > 0), "addresses alone, too");
}

}  // namespace

MAILTRUST_FUZZ(list_match, octets) {
  const auto& list = list_of(fuzz::take(octets));
  octets = octets.substr(0, list::kWindow);
  compare_addresses(octets);
  compare_lines(octets, list);
}
