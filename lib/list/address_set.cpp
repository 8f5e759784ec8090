#include "list/address_set.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>
#include <utility>

#include "base/number.hpp"
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
  Uint128 networks = 0;
  Uint128 next = 0;  // the first network not yet counted
  for (auto [first, last] : set.v6.intervals()) {
    auto begin = std::max(first >> 64, next);
    next = (last >> 64) + 1;
    if (begin < next) networks += next - begin;
  }
  census.v6_networks = static_cast<std::uint64_t>(
      std::min(networks, Uint128{std::numeric_limits<std::uint64_t>::max()}));
  return census;
}

std::string to_string(const Census& census) {
  auto counted = [](std::uint64_t number, const std::string& one, const std::string& many) {
    return grouped(number) + ' ' + (number == 1 ? one : many);
  };
  std::string out;
  if (census.v4 > 0) out += counted(census.v4, "IPv4 address", "IPv4 addresses");
  if (census.v4 > 0 && census.v6_networks > 0) out += " and ";
  if (census.v6_networks > 0)
    out += counted(census.v6_networks, "IPv6 network of /64", "IPv6 networks of /64");
  return out.empty() ? "no addresses" : out;
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
