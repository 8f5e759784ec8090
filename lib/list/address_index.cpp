#include "list/address_index.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

namespace mailtrust::list {
namespace {

using net::Uint128;

constexpr std::size_t kTops = 1U << 16;

template <typename T>
std::size_t top_of(T address) {
  return static_cast<std::size_t>(address >> (sizeof(T) * 8 - 16));
}

template <typename T>
std::vector<std::uint32_t> begins_of(const net::IntervalSet<T>& set) {
  const auto& ranges = set.intervals();
  std::vector<std::uint32_t> begins(kTops + 1);
  std::size_t at = 0;
  for (std::size_t top = 0; top < kTops; ++top) {
    while (at < ranges.size() && top_of(ranges[at].first) < top) ++at;
    begins[top] = static_cast<std::uint32_t>(at);
  }
  begins[kTops] = static_cast<std::uint32_t>(ranges.size());
  return begins;
}

// How many of `count` elements come before the first for which `behind` is true. The loop takes as
// many steps for each search, and none depends on a guess.
template <typename Behind>
std::size_t count_before(std::size_t count, Behind behind) {
  std::size_t base = 0;
  while (count > 0) {
    auto half = (count + 1) / 2;
    base += behind(base + half - 1) ? 0 : half;
    count -= half;
  }
  return base;
}

}  // namespace

// Blocks so small that few are touched, and so large that their bits stay in the cache.
IndexV4::IndexV4(net::IntervalSet<std::uint32_t> set)
    : ranges_(std::move(set)), begins_(begins_of(ranges_)) {
  constexpr unsigned kLeastShift = 8;
  constexpr unsigned kMostShift = 16;
  auto wanted = static_cast<unsigned>(std::bit_width(ranges_.intervals().size() * 16));
  shift_ = std::clamp(32 - std::min(wanted, 32U), kLeastShift, kMostShift);
  touched_.resize((std::size_t{1} << (32 - shift_)) / 64);
  for (auto [first, last] : ranges_.intervals())
    for (std::size_t block = first >> shift_; block <= last >> shift_; ++block)
      touched_[block / 64] |= std::uint64_t{1} << (block % 64);
}

bool IndexV4::find(std::uint32_t address) const {
  const auto* ranges = ranges_.intervals().data();
  auto begin = begins_[top_of(address)];
  auto at = begin + count_before(begins_[top_of(address) + 1] - begin,
                                 [&](std::size_t i) { return ranges[begin + i].first > address; });
  return at > 0 && ranges[at - 1].last >= address;
}

IndexV6::IndexV6(net::IntervalSet<Uint128> set) : ranges_(std::move(set)) {
  if (ranges_.empty()) return;
  const auto& ranges = ranges_.intervals();
  for (auto [first, last] : ranges)
    halves_.push_back(
        {static_cast<std::uint64_t>(first >> 64), static_cast<std::uint64_t>(last >> 64)});
  auto tops = begins_of(ranges_);
  tables_.push_back(0);
  for (std::size_t top = 0; top < kTops; ++top)
    tables_.push_back(tables_.back() + std::bit_ceil(std::max(tops[top + 1] - tops[top], 1U)));
  begins_.assign(tables_.back() + 1, static_cast<std::uint32_t>(ranges.size()));
  for (std::size_t i = ranges.size(); i-- > 0;) {
    auto own = slot_of(halves_[i].first);
    // Slots behind that of the range before begin with this one.
    auto before = i == 0 ? 0 : slot_of(halves_[i - 1].first) + 1;
    for (auto slot = own + 1; slot-- > before;) begins_[slot] = static_cast<std::uint32_t>(i);
  }
}

bool IndexV6::contains(Uint128 address) const {
  if (ranges_.empty()) return false;
  auto half = static_cast<std::uint64_t>(address >> 64);
  auto slot = slot_of(half);
  std::size_t begin = begins_[slot];
  const auto* halves = halves_.data() + begin;
  auto at = begin + count_before(begins_[slot + 1] - begin,
                                 [&](std::size_t i) { return halves[i].first > half; });
  if (at == 0 || halves_[at - 1].last < half) return false;
  const auto& ranges = ranges_.intervals();
  // Those that share the upper half are told apart by the lower one.
  if (halves_[at - 1].first == half && at > begin)
    at = begin +
         count_before(at - begin, [&](std::size_t i) { return ranges[begin + i].first > address; });
  return at > 0 && ranges[at - 1].last >= address;
}

}  // namespace mailtrust::list
