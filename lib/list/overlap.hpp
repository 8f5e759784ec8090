#pragma once
// Which entries of a list say again what another one says.

#include <cstdint>
#include <functional>
#include <optional>

#include "list/packed.hpp"

namespace mailtrust::list {

/// An entry that could go: it is there before, or inside another.
struct Overlap {
  bool duplicate = false;       ///< else covered
  std::uint32_t line = 0;       ///< of the later one of duplicates, of the narrower one
  std::uint32_t other = 0;      ///< the line of the first, or of the one around it
  std::optional<Block> around;  ///< the covering block; nothing for duplicates and names
};

/// Every duplicate and, of entries that are not, every covered one; in the order of the entries. Of
/// several entries around one, that which ends last is told. A domain covers the mailboxes in it,
/// not the domains below it. `packed` is sorted.
void find_overlaps(const Packed& packed, const std::function<void(const Overlap&)>& visit);

}  // namespace mailtrust::list
