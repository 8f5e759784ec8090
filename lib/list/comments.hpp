#pragma once
// Aggregation that remembers: which comments stood at what a prefix was made of.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "list/address_set.hpp"

namespace mailtrust::list {

/// What parts the comments of entries that became one prefix. Not `;`, which ends an entry.
inline constexpr std::string_view kCommentSeparator = " | ";

/// Joined comments longer than this many octets are cut, and end in "...": a line has a limit.
inline constexpr std::size_t kJoinedComments = 4096;

class Commented {
 public:
  void add(const Block& block, std::string_view comment);

  /// The fewest prefixes (or with `ranges` ranges) that hold all blocks, in order, each with the
  /// different comments of the entries that it covers in whole or in part, in their order.
  void each(bool ranges, const std::function<void(const Block&, const std::string&)>& visit);

 private:
  struct Item {
    Block block;
    std::string comment;
  };

  std::vector<Item> items_;
};

}  // namespace mailtrust::list
