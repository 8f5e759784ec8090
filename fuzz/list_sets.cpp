// Set work on addresses against bitmaps over a space of 256 addresses, at either end of both
// families: aggregate, intersect, subtract, and look-ups in what comes of it.
#include <bitset>
#include <functional>

#include "fuzz/target.hpp"
#include "list/address_set.hpp"
#include "list/overlap.hpp"
#include "list/packed.hpp"
#include "net/interval_set.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

constexpr std::size_t kSpace = 256;
using Bitmap = std::bitset<kSpace>;

struct Place {
  net::Family family = net::Family::v4;
  net::Uint128 base = 0;  // of the space

  [[nodiscard]] list::Block block(std::uint8_t first, std::uint8_t last) const {
    return {family, base + first, base + last};
  }
};

// The first addresses of a family, the last, and some across a border of words.
Place place_of(std::uint8_t mode) {
  auto family = (mode & 1U) != 0 ? net::Family::v6 : net::Family::v4;
  auto top = family == net::Family::v4 ? net::Uint128{0xffffffff} : ~net::Uint128{0};
  switch (mode >> 1 & 3U) {
    case 0: return {family, 0};
    case 1: return {family, top - (kSpace - 1)};
    case 2: return {family, (family == net::Family::v4 ? 0x80000000 : net::Uint128{1} << 64) - 128};
    default: return {family, 0x7f00ff80};
  }
}

struct Both {
  list::AddressSet set;
  Bitmap bits;
  std::size_t added = 0;
};

Both read_set(std::string_view octets, const Place& place) {
  Both both;
  list::Blocks blocks;
  for (std::size_t i = 0; i + 1 < octets.size(); i += 2) {
    auto a = static_cast<std::uint8_t>(octets[i]);
    auto b = static_cast<std::uint8_t>(octets[i + 1]);
    blocks.add(place.block(std::min(a, b), std::max(a, b)));
    for (unsigned at = std::min(a, b); at <= std::max(a, b); ++at) both.bits.set(at);
    ++both.added;
  }
  both.set = blocks.take();
  return both;
}

Bitmap bits_of(const std::function<void(const std::function<void(const list::Block&)>&)>& each,
               const Place& place) {
  Bitmap bits;
  each([&](const list::Block& block) {
    require(block.family == place.family && block.first >= place.base &&
                block.last - place.base < kSpace && block.first <= block.last,
            "nothing outside the space");
    for (auto at = block.first - place.base; at <= block.last - place.base; ++at) {
      require(!bits.test(static_cast<std::size_t>(at)), "no address twice");
      bits.set(static_cast<std::size_t>(at));
    }
  });
  return bits;
}

// How many prefixes hold exactly the bits in [at, at + size), by halves.
std::size_t fewest(const Bitmap& bits, std::size_t at, std::size_t size) {
  std::size_t held = 0;
  for (std::size_t i = at; i < at + size; ++i) held += bits.test(i) ? 1 : 0;
  if (held == 0) return 0;
  if (held == size) return 1;
  return fewest(bits, at, size / 2) + fewest(bits, at + size / 2, size / 2);
}

void require_same(const list::AddressSet& set, const Bitmap& bits, const Place& place) {
  auto ranges = [&](const auto& visit) { each_range(set, visit); };
  std::size_t count = 0;
  auto prefixes = [&](const auto& visit) {
    each_prefix(set, [&](const list::Block& block) {
      require(block.prefix_length() >= 0, "prefixes are prefixes");
      ++count;
      visit(block);
    });
  };
  require(bits_of(ranges, place) == bits, "its ranges hold what they should");
  require(bits_of(prefixes, place) == bits, "and so do its prefixes");
  require(place.base % kSpace != 0 || count == fewest(bits, 0, kSpace), "as few as can be");
  auto v4 = place.family == net::Family::v4 ? bits.count() : 0;
  require(list::count(set).v4 == v4, "addresses are counted right");
}

template <typename T>
void require_members(const net::IntervalSet<T>& set, const Both& both, const Place& place) {
  for (std::size_t i = 0; i < kSpace; ++i)
    require(set.contains(static_cast<T>(place.base + i)) == both.bits.test(i),
            "members are members");
}

// What find_overlaps() leaves untold is not inside any other: checked by every pair.
void require_overlaps(std::string_view octets, const Place& place) {
  list::Packed packed;
  std::vector<list::Block> blocks;
  for (std::size_t i = 0; i + 1 < octets.size(); i += 2) {
    auto a = static_cast<std::uint8_t>(octets[i]);
    auto b = static_cast<std::uint8_t>(octets[i + 1]);
    blocks.push_back(place.block(std::min(a, b), std::max(a, b)));
    packed.add(blocks.back(), static_cast<std::uint32_t>(blocks.size()));
  }
  packed.sort();
  std::vector<bool> told(blocks.size() + 1);
  find_overlaps(packed, [&](const list::Overlap& overlap) {
    told.at(overlap.line) = true;
    require(blocks.at(overlap.other - 1).contains(blocks.at(overlap.line - 1)), "it is inside");
  });
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    bool inside = false;
    for (std::size_t k = 0; k < blocks.size(); ++k)
      inside |= k != i && blocks[k].contains(blocks[i]) && (k < i || blocks[k] != blocks[i]);
    require(told[i + 1] == inside, "what is inside another is told, and nothing else");
  }
}

}  // namespace

MAILTRUST_FUZZ(list_sets, octets) {
  auto place = place_of(fuzz::take(octets));
  octets = octets.substr(0, 64);
  auto half = octets.size() / 4 * 2;
  auto a = read_set(octets.substr(0, half), place);
  auto b = read_set(octets.substr(half), place);
  require_same(a.set, a.bits, place);
  require_same(a.set & b.set, a.bits & b.bits, place);
  require_same(a.set - b.set, a.bits & ~b.bits, place);
  if (place.family == net::Family::v4)
    require_members(a.set.v4, a, place);
  else
    require_members(a.set.v6, a, place);
  require_overlaps(octets, place);
}
