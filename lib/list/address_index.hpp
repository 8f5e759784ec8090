#pragma once
// Is an address in a set? Made for a day of logs: most answers take one or two cache lines.

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

 private:
  net::IntervalSet<net::Uint128> ranges_;
  std::vector<std::uint64_t> keys_;    // the upper halves of where the ranges begin
  std::vector<std::uint32_t> begins_;  // for each value of the top 16 bits: the first range there
};

class AddressIndex {
 public:
  explicit AddressIndex(AddressSet set) : v4_(std::move(set.v4)), v6_(std::move(set.v6)) {}

  [[nodiscard]] bool contains(net::Family family, net::Uint128 address) const {
    return family == net::Family::v4 ? v4_.contains(static_cast<std::uint32_t>(address))
                                     : v6_.contains(address);
  }

 private:
  IndexV4 v4_;
  IndexV6 v6_;
};

}  // namespace mailtrust::list
