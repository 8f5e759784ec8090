#include "list/address_set.hpp"

#include <bit>
#include <span>
#include <utility>

#include "list/radix_sort.hpp"

namespace mailtrust::list {
namespace {

using net::Uint128;

unsigned trailing_zeros(Uint128 value) {
  auto low = static_cast<std::uint64_t>(value);
  if (low != 0) return static_cast<unsigned>(std::countr_zero(low));
  return 64 + static_cast<unsigned>(std::countr_zero(static_cast<std::uint64_t>(value >> 64)));
}

Uint128 host_mask(unsigned bits) {
  return bits >= 128 ? ~Uint128{0} : (Uint128{1} << bits) - 1;
}

template <typename T>
net::IntervalSet<T> sorted(std::vector<net::Interval<T>> intervals) {
  auto by_first = [](const auto& a, const auto& b) { return a.first < b.first; };
  if (!std::is_sorted(intervals.begin(), intervals.end(), by_first))
    radix_sort(std::span(intervals));
  return net::IntervalSet<T>(std::move(intervals));
}

}  // namespace

AddressSet operator&(const AddressSet& a, const AddressSet& b) {
  return {a.v4.intersected(b.v4), a.v6.intersected(b.v6)};
}

AddressSet operator-(const AddressSet& a, const AddressSet& b) {
  return {a.v4.without(b.v4), a.v6.without(b.v6)};
}

Census count(const AddressSet& set) {
  Census census;
  for (auto [first, last] : set.v4.intervals()) census.v4 += std::uint64_t{last} - first + 1;
  for (auto [first, last] : set.v6.intervals()) {
    auto size = last - first;
    census.v6 += size == ~Uint128{0} ? size : size + 1;
  }
  return census;
}

void Blocks::add(const Block& block) {
  if (block.family == net::Family::v4) {
    add_v4(static_cast<std::uint32_t>(block.first), static_cast<std::uint32_t>(block.last));
  } else {
    v6_.push_back({block.first, block.last});
  }
}

AddressSet Blocks::take() {
  return {sorted(std::exchange(v4_, {})), sorted(std::exchange(v6_, {}))};
}

void each_prefix(const Block& block, const std::function<void(const Block&)>& visit) {
  auto first = block.first;
  while (true) {
    unsigned bits = first == 0 ? width(block.family) : trailing_zeros(first);
    while (host_mask(bits) > block.last - first) --bits;
    auto last = first + host_mask(bits);
    visit({block.family, first, last});
    if (last == block.last) return;
    first = last + 1;
  }
}

void each_range(const AddressSet& set, const std::function<void(const Block&)>& visit) {
  for (auto [first, last] : set.v4.intervals()) visit({net::Family::v4, first, last});
  for (auto [first, last] : set.v6.intervals()) visit({net::Family::v6, first, last});
}

void each_prefix(const AddressSet& set, const std::function<void(const Block&)>& visit) {
  each_range(set, [&](const Block& range) { each_prefix(range, visit); });
}

}  // namespace mailtrust::list
