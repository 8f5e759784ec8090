// grep for addresses, the quick way and the obvious one: words of the text, each looked up in each
// entry. What counts as an address is told in mailtrust-list-match(1).
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

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
// no address by themselves may be one behind a label. IPv4 addresses may end one, too.
struct Words {
  std::vector<std::string_view> addresses;
  std::vector<std::string_view> v4;
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
    while (!word.empty()) {
      bare = without_dots(fuzz::take_until(word, ':'));
      if (auto address = net::Address::read(bare); address && address->is_v4())
        words.v4.push_back(bare);
    }
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
    resume = std::max(resume, found.end);
    if (!is_address || found.begin < taken) continue;
    out.push_back(text.substr(found.begin, found.end - found.begin));
    taken = found.end;
  }
  return out;
}

// All the ways to look at many octets at once find the same places.
void compare_engines(std::string_view text, const std::vector<std::string_view>& found) {
  for (auto engine : {list::Engine::portable, list::Engine::sse2, list::Engine::avx2})
    if (list::is_available(engine)) require(found_in(text, engine) == found, "all engines agree");
}

void compare_words(std::string_view text, const std::vector<std::string_view>& found) {
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
  for (auto word : words.v4)
    require(std::ranges::any_of(
                found, [&](auto each) { return each.end() == word.end() && each.ends_with(word); }),
            "every dotted quad is one, or the end of one");
  require(!words.sure || found.size() == words.addresses.size(), "and nothing else");
}

// The lines that one of the members stands in.
std::string lines_with(std::string_view text, const std::vector<std::string_view>& members) {
  std::string out;
  auto member = members.begin();
  while (!text.empty()) {
    auto line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    text.remove_prefix(line.size());
    if (member != members.end() && member->data() < line.end()) out += line;
    while (member != members.end() && member->data() < line.end()) ++member;
  }
  return out;
}

std::string selected(std::string_view text, const List& list, list::Selection selection) {
  list::Selected selected;
  list::Matcher(list.index, selection, true).run(text, selected);
  return std::move(selected.octets);
}

}  // namespace

MAILTRUST_FUZZ(list_match, octets) {
  using list::Selection;
  auto mode = fuzz::take(octets);
  const auto& list = list_of(mode);
  octets = octets.substr(0, list::kWindow);
  auto found = found_in(octets, list::best_engine());
  compare_words(octets, found);
  std::erase_if(found, [&](auto each) { return !holds(list, *net::Address::read(each)); });
  auto matching = selected(octets, list, Selection::matching);
  require(matching == lines_with(octets, found), "the lines that hold one of the list");
  // The rest costs as much again.
  if (mode < 0xc0) return;
  compare_engines(octets, found_in(octets, list::best_engine()));
  auto others = selected(octets, list, Selection::others);
  require(matching.size() + others.size() == octets.size(), "and the others");
  auto alone = selected(octets, list, Selection::addresses);
  require(alone.empty() == matching.empty(), "addresses alone, too");
}
