#pragma once
// A set of addresses of both families: what a record authorizes, what a list holds. Kept as sorted
// disjoint ranges, 8 octets an IPv4 range and 32 an IPv6 one, so that two equal sets compare equal
// however they were written.

#include <cstdint>
#include <span>
#include <vector>

#include "net/address.hpp"
#include "net/interval_set.hpp"
#include "net/value.hpp"

namespace mailtrust::net {

/// From one address to another of the same family, both included.
struct Range {
  Address first;
  Address last;

  friend bool operator==(const Range&, const Range&) = default;
};

class PrefixSet {
 public:
  PrefixSet() = default;

  /// Any order, overlaps and host bits allowed; n log n.
  static PrefixSet of(std::span<const Prefix> prefixes);

  /// Ranges whose ends differ in family or order are left out.
  static PrefixSet of(std::span<const Range> ranges);

  /// Every address of both families.
  static PrefixSet everything();

  /// Quick at the end of the order, else linear in the size: for many use of().
  void insert(const Prefix& prefix);

  [[nodiscard]] bool empty() const { return v4_.empty() && v6_.empty(); }

  /// The address as it is: an IPv4-mapped one is IPv6 here. Logarithmic.
  [[nodiscard]] bool contains(const Address& address) const;

  /// Is every address of the prefix in the set?
  [[nodiscard]] bool contains(const Prefix& prefix) const;

  /// The members of one family.
  [[nodiscard]] PrefixSet only(Family family) const;

  /// The ranges in order, IPv4 first; no two overlap or touch.
  [[nodiscard]] std::vector<Range> ranges() const;

  /// The fewest prefixes that hold exactly this set, in order, IPv4 first.
  [[nodiscard]] std::vector<Prefix> prefixes() const;

  /// IPv4 addresses, 0 to 2^32.
  [[nodiscard]] std::uint64_t count_v4() const;

  /// IPv6 networks of 64 bits that are in the set in whole or in part, the unit in which IPv6 is
  /// handed out; 2^64 is told as 2^64-1.
  [[nodiscard]] std::uint64_t count_v6_networks() const;

  friend PrefixSet operator|(const PrefixSet& a, const PrefixSet& b);  ///< union
  friend PrefixSet operator&(const PrefixSet& a, const PrefixSet& b);  ///< intersection
  friend PrefixSet operator-(const PrefixSet& a, const PrefixSet& b);  ///< in `a`, not in `b`
  friend bool operator==(const PrefixSet&, const PrefixSet&) = default;

 private:
  PrefixSet(IntervalSet<std::uint32_t> v4, IntervalSet<Uint128> v6)
      : v4_(std::move(v4)), v6_(std::move(v6)) {}

  IntervalSet<std::uint32_t> v4_;
  IntervalSet<Uint128> v6_;
};

}  // namespace mailtrust::net
