#pragma once
// The addresses that lists cover, of both families, for sets of millions: 8 octets an IPv4 range,
// 32 an IPv6 one.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "list/entry.hpp"
#include "net/interval_set.hpp"

namespace mailtrust::list {

/// Sorted disjoint ranges, a gap between any two: equal sets are equal values.
struct AddressSet {
  net::IntervalSet<std::uint32_t> v4;
  net::IntervalSet<net::Uint128> v6;

  [[nodiscard]] bool empty() const { return v4.empty() && v6.empty(); }

  friend AddressSet operator&(const AddressSet& a, const AddressSet& b);  ///< intersection
  friend AddressSet operator-(const AddressSet& a, const AddressSet& b);  ///< in `a`, not in `b`
  friend bool operator==(const AddressSet&, const AddressSet&) = default;
};

/// How many addresses a set holds. All of IPv6 is told as one less than there are.
struct Census {
  std::uint64_t v4 = 0;
  net::Uint128 v6 = 0;
};

Census count(const AddressSet& set);

/// Blocks on their way to become a set, in any order, overlapping as they like.
class Blocks {
 public:
  void add(const Block& block);

  void add_v4(std::uint32_t first, std::uint32_t last) { v4_.push_back({first, last}); }

  /// Linear; nothing is left here afterwards.
  AddressSet take();

 private:
  std::vector<net::Interval<std::uint32_t>> v4_;
  std::vector<net::Interval<net::Uint128>> v6_;
};

/// Cuts a block into the fewest prefixes that hold exactly it, in order.
void each_prefix(const Block& block, const std::function<void(const Block&)>& visit);

/// The ranges in order, IPv4 first.
void each_range(const AddressSet& set, const std::function<void(const Block&)>& visit);

/// The fewest prefixes that hold exactly this set, in order, IPv4 first.
void each_prefix(const AddressSet& set, const std::function<void(const Block&)>& visit);

}  // namespace mailtrust::list
