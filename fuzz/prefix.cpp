// Prefixes and blocks as text, and the sets made of them: a line each.
#include "fuzz/target.hpp"
#include "list/block_text.hpp"
#include "net/prefix_set.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

// The same text as an entry of a list: host bits cleared, IPv4-mapped addresses as IPv4. Lists take
// ranges besides, and blanks.
void require_block(std::string_view text, const std::optional<net::Prefix>& prefix) {
  auto read = list::read_block_text(text);
  if (text.find_first_of("- \t") != std::string_view::npos) return;
  require(read.has_value() == prefix.has_value(), "lists take the same for a prefix");
  if (!read || read->mapped) return;
  require(read->block == list::block_of(*prefix), "and mean the same by it");
  require(read->host_bits == (prefix->first() != prefix->address), "and see host bits");
}

void look_at(const net::Prefix& prefix) {
  auto first = prefix.first();
  auto last = prefix.last();
  require(net::Prefix::read(to_string(prefix)) == prefix, "what was printed reads the same");
  require(first <= prefix.address && prefix.address <= last, "an address is in its prefix");
  require(prefix.contains(first) && prefix.contains(last), "and so are both ends");
  require((net::Prefix{first, prefix.length}.last()) == last, "host bits make no difference");
  auto block = list::block_of(prefix);
  require(block.prefix_length() == static_cast<int>(prefix.length), "a block knows its length");
}

void require_sound(const net::PrefixSet& set, const std::vector<net::Prefix>& members) {
  net::PrefixSet one_by_one;
  for (const auto& member : members) {
    require(set.contains(member), "every member is in");
    one_by_one.insert(member);
  }
  require(one_by_one == set, "one by one it comes to the same");
  auto fewest = set.prefixes();
  require(fewest.size() <= members.size(), "no more prefixes than there were");
  require(net::PrefixSet::of(fewest) == set, "which are the same set");
  require(net::PrefixSet::of(set.ranges()) == set, "and so are its ranges");
}

void require_algebra(const net::PrefixSet& a, const net::PrefixSet& b) {
  require(((a - b) | (a & b)) == a, "a part outside and a part inside");
  require(((a | b) - b) == (a - b), "what is added can be taken away");
  require(((a - b) & b).empty(), "nothing is in both parts");
  require((a & net::PrefixSet::everything()) == a, "everything holds it");
}

}  // namespace

MAILTRUST_FUZZ(prefix, octets) {
  std::vector<net::Prefix> members;
  while (!octets.empty() && members.size() < 32) {
    auto line = fuzz::take_until(octets, '\n');
    auto prefix = net::Prefix::read(line);
    require(net::Prefix::parse(line).has_value() == prefix.has_value(), "with errors, too");
    require_block(line, prefix);
    if (!prefix) continue;
    look_at(*prefix);
    members.push_back(*prefix);
  }
  auto half = members.size() / 2;
  auto set = net::PrefixSet::of(members);
  require_sound(set, members);
  std::span all(members);
  require_algebra(net::PrefixSet::of(all.first(half)), net::PrefixSet::of(all.subspan(half)));
}
