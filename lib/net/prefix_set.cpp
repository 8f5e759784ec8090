#include "net/prefix_set.hpp"

#include <algorithm>
#include <limits>

namespace mailtrust::net {
namespace {

constexpr auto kMost64 = std::numeric_limits<std::uint64_t>::max();

Address to_address(std::uint32_t value) {
  return Address::v4(value);
}

Address to_address(Uint128 value) {
  return address_of(Family::v6, value);
}

// Addresses that share all but their last `bits` bits; `mask` has just those set.
template <typename T>
struct Block {
  unsigned bits = 0;
  T mask = 0;
};

// The largest aligned block that a range begins with.
template <typename T>
Block<T> first_block(Interval<T> range) {
  Block<T> block;
  while (block.mask != static_cast<T>(~T{0})) {
    auto wider = static_cast<T>((block.mask << 1) | 1);
    if ((range.first & wider) != 0 || wider > range.last - range.first) break;
    block = {block.bits + 1, wider};
  }
  return block;
}

// Cuts a range into the largest aligned blocks, from its start.
template <typename T>
void append_cover(std::vector<Prefix>& out, Interval<T> range) {
  constexpr unsigned kWidth = sizeof(T) * 8;
  while (true) {
    auto block = first_block(range);
    out.push_back({to_address(range.first), kWidth - block.bits});
    auto end = static_cast<T>(range.first + block.mask);
    if (end == range.last) return;
    range.first = static_cast<T>(end + 1);
  }
}

// The two lists that both kinds of of() make.
struct Intervals {
  std::vector<Interval<std::uint32_t>> v4;
  std::vector<Interval<Uint128>> v6;

  void add(const Address& first, const Address& last) {
    if (first.family() != last.family() || last < first) return;
    if (first.is_v4()) {
      v4.push_back({first.to_v4_value(), last.to_v4_value()});
    } else {
      v6.push_back({value_of(first), value_of(last)});
    }
  }
};

}  // namespace

PrefixSet PrefixSet::of(std::span<const Prefix> prefixes) {
  Intervals all;
  for (const auto& prefix : prefixes) all.add(prefix.first(), prefix.last());
  return {IntervalSet(std::move(all.v4)), IntervalSet(std::move(all.v6))};
}

PrefixSet PrefixSet::of(std::span<const Range> ranges) {
  Intervals all;
  for (const auto& range : ranges) all.add(range.first, range.last);
  return {IntervalSet(std::move(all.v4)), IntervalSet(std::move(all.v6))};
}

PrefixSet PrefixSet::everything() {
  PrefixSet set;
  set.v4_.insert({0, std::numeric_limits<std::uint32_t>::max()});
  set.v6_.insert({0, ~Uint128{0}});
  return set;
}

void PrefixSet::insert(const Prefix& prefix) {
  auto first = prefix.first();
  auto last = prefix.last();
  if (first.is_v4()) {
    v4_.insert({first.to_v4_value(), last.to_v4_value()});
  } else {
    v6_.insert({value_of(first), value_of(last)});
  }
}

bool PrefixSet::contains(const Address& address) const {
  return address.is_v4() ? v4_.contains(address.to_v4_value()) : v6_.contains(value_of(address));
}

bool PrefixSet::contains(const Prefix& prefix) const {
  PrefixSet one;
  one.insert(prefix);
  return (one - *this).empty();
}

PrefixSet PrefixSet::only(Family family) const {
  if (family == Family::v4) return {v4_, {}};
  return {{}, v6_};
}

std::vector<Range> PrefixSet::ranges() const {
  std::vector<Range> out;
  out.reserve(v4_.intervals().size() + v6_.intervals().size());
  for (auto [first, last] : v4_.intervals()) out.push_back({to_address(first), to_address(last)});
  for (auto [first, last] : v6_.intervals()) out.push_back({to_address(first), to_address(last)});
  return out;
}

std::vector<Prefix> PrefixSet::prefixes() const {
  std::vector<Prefix> out;
  for (const auto& interval : v4_.intervals()) append_cover(out, interval);
  for (const auto& interval : v6_.intervals()) append_cover(out, interval);
  return out;
}

std::uint64_t PrefixSet::count_v4() const {
  std::uint64_t count = 0;
  for (auto [first, last] : v4_.intervals()) count += std::uint64_t{last} - first + 1;
  return count;
}

std::uint64_t PrefixSet::count_v6_networks() const {
  Uint128 count = 0;
  Uint128 next = 0;  // the first network not yet counted
  for (auto [first, last] : v6_.intervals()) {
    Uint128 begin = std::max(first >> 64, next);
    next = (last >> 64) + 1;
    if (begin < next) count += next - begin;
  }
  return static_cast<std::uint64_t>(std::min(count, Uint128{kMost64}));
}

PrefixSet operator|(const PrefixSet& a, const PrefixSet& b) {
  return {a.v4_.united(b.v4_), a.v6_.united(b.v6_)};
}

PrefixSet operator&(const PrefixSet& a, const PrefixSet& b) {
  return {a.v4_.intersected(b.v4_), a.v6_.intersected(b.v6_)};
}

PrefixSet operator-(const PrefixSet& a, const PrefixSet& b) {
  return {a.v4_.without(b.v4_), a.v6_.without(b.v6_)};
}

}  // namespace mailtrust::net
