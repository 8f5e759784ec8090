#pragma once
// Is an address in a set? Made for a day of logs: most answers take one or two cache lines.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "list/address_set.hpp"

namespace mailtrust::list {

/// The IPv4 addresses of a set.
class IndexV4 {
 public:
  explicit IndexV4(net::IntervalSet<std::uint32_t> set);

  [[nodiscard]] bool contains(std::uint32_t address) const {
    auto block = address >> shift_;
    return (touched_[block / 64] >> (block % 64) & 1) != 0 && find(address);
  }

  void expect(std::uint32_t address) const {
    __builtin_prefetch(&touched_[(address >> shift_) / 64]);
  }

 private:
  [[nodiscard]] bool find(std::uint32_t address) const;

  net::IntervalSet<std::uint32_t> ranges_;
  std::vector<std::uint32_t> begins_;   // for each value of the top 16 bits: the first range there
  std::vector<std::uint64_t> touched_;  // bits: has the block of 2^shift_ addresses a member?
  unsigned shift_ = 16;
};

/// The IPv6 addresses of a set.
class IndexV6 {
 public:
  explicit IndexV6(net::IntervalSet<net::Uint128> set);

  [[nodiscard]] bool contains(net::Uint128 address) const;

  void expect(net::Uint128 address) const {
    if (!ranges_.empty())
      __builtin_prefetch(&begins_[slot_of(static_cast<std::uint64_t>(address >> 64))]);
  }

 private:
  // The upper halves of a range's ends: they decide nearly always, in half the room.
  struct Halves {
    std::uint64_t first;
    std::uint64_t last;
  };

  [[nodiscard]] std::size_t slot_of(std::uint64_t half) const {
    auto table = tables_[half >> 48];
    auto slots = tables_[(half >> 48) + 1] - table;  // a power of two
    return table + static_cast<std::size_t>(net::Uint128{half << 16} * slots >> 64);
  }

  net::IntervalSet<net::Uint128> ranges_;
  std::vector<Halves> halves_;
  // Each value of the top 16 bits has a table, as long as there are ranges: tables_ says where it
  // begins in begins_, which says for the bits that follow the first range there.
  std::vector<std::uint32_t> tables_;
  std::vector<std::uint32_t> begins_;
};

class AddressIndex {
 public:
  explicit AddressIndex(AddressSet set) : v4_(std::move(set.v4)), v6_(std::move(set.v6)) {}

  [[nodiscard]] bool contains(net::Family family, net::Uint128 address) const {
    return family == net::Family::v4 ? v4_.contains(static_cast<std::uint32_t>(address))
                                     : v6_.contains(address);
  }

  /// Begins to fetch what contains() will look at: a log names addresses from all over the world,
  /// and waiting for memory is most of the work.
  void expect(net::Family family, net::Uint128 address) const {
    if (family == net::Family::v4) return v4_.expect(static_cast<std::uint32_t>(address));
    v6_.expect(address);
  }

 private:
  IndexV4 v4_;
  IndexV6 v6_;
};

}  // namespace mailtrust::list
