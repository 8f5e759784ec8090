#pragma once
// Is an address in a set? Made for a day of logs: one or two cache lines for most answers.

#include <cstdint>
#include <vector>

#include "list/address_set.hpp"

namespace mailtrust::list {

class AddressIndex {
 public:
  explicit AddressIndex(AddressSet set);

  [[nodiscard]] bool contains(std::uint32_t address) const {
    return v4_.contains(address, address >> 16);
  }

  [[nodiscard]] bool contains(net::Uint128 address) const {
    return v6_.contains(address, static_cast<std::uint32_t>(address >> 112));
  }

  [[nodiscard]] bool contains(net::Family family, net::Uint128 address) const {
    return family == net::Family::v4 ? contains(static_cast<std::uint32_t>(address))
                                     : contains(address);
  }

 private:
  // The ranges of one family, and for each value of the top 16 bits the first that begins there or
  // behind.
  template <typename T>
  class Family {
   public:
    explicit Family(net::IntervalSet<T> set);

    [[nodiscard]] bool contains(T address, std::uint32_t top) const {
      if (begins_.empty()) return false;
      const auto* ranges = ranges_.intervals().data();
      const auto* at = ranges + begins_[top];
      std::uint32_t count = begins_[top + 1] - begins_[top];
      // To the last range that does not begin behind the address.
      while (count > 0) {
        auto half = count / 2;
        bool before = at[half].first <= address;
        at = before ? at + half + 1 : at;
        count = before ? count - half - 1 : half;
      }
      return at != ranges && at[-1].last >= address;
    }

   private:
    net::IntervalSet<T> ranges_;
    std::vector<std::uint32_t> begins_;
  };

  Family<std::uint32_t> v4_;
  Family<net::Uint128> v6_;
};

}  // namespace mailtrust::list
