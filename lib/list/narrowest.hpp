#pragma once
// Which entry of a list holds an address: the narrowest one. For answers that name the entry and
// its comment; where yes or no is enough, AddressIndex is smaller and quicker.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "list/entry.hpp"

namespace mailtrust::list {

class NarrowestIndex {
 public:
  /// Entries are numbered from 0 as they come.
  void add(const Block& block, std::string_view comment);

  /// To be called once, after the last add(). n log n, whatever overlaps.
  void build();

  /// The number of the narrowest entry that holds the address; of equal ones the first.
  /// Logarithmic.
  [[nodiscard]] std::optional<std::uint32_t> find(net::Family family, net::Uint128 address) const;

  [[nodiscard]] const Block& block(std::uint32_t number) const { return items_[number].block; }

  [[nodiscard]] std::string_view comment(std::uint32_t number) const;

  [[nodiscard]] std::size_t size() const { return items_.size(); }

 private:
  struct Item {
    Block block;
    std::size_t comment = 0;  ///< where it begins in comments_
    std::uint32_t size = 0;
  };

  // From `first` to where the next begins, one entry is the narrowest, or there is none.
  struct Stretch {
    net::Uint128 first = 0;
    std::uint32_t entry = 0;
  };

  class Sweep;

  std::vector<Item> items_;
  std::string comments_;
  std::array<std::vector<Stretch>, 2> stretches_;  // by family
};

}  // namespace mailtrust::list
