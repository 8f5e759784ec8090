#pragma once
// Blocks of addresses with their comments on the way into a file: 64 octets each, and the comment.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "list/entry.hpp"

namespace mailtrust::list {

class Roll {
 public:
  struct Item {
    Block block;
    std::size_t offset = 0;  ///< of the comment; later ones are larger
    std::uint32_t size = 0;
  };

  void add(const Block& block, std::string_view comment);

  /// The comment of an item; valid until the next call that changes the roll.
  [[nodiscard]] std::string_view comment(const Item& item) const {
    return std::string_view(comments_).substr(item.offset, item.size);
  }

  /// How often add() was called.
  [[nodiscard]] std::size_t added() const { return added_; }

  [[nodiscard]] const std::vector<Item>& items() const { return items_; }

  /// For programs that take the first line that fits, or refuse a prefix said twice: ranges become
  /// the prefixes that cover them exactly, with the range's comment; with `name_ranges` that begins
  /// with the range itself. A prefix stands before those around it; of equal ones one stays.
  void make_first_match(bool name_ranges);

  /// For sets: no two blocks overlap. What lies inside another block goes; blocks that overlap in
  /// part become one, with the comments of both.
  void make_disjoint();

  /// Ranges become prefixes, with the range's comment; the order stays.
  void split_ranges();

 private:
  Item item(const Block& block, std::string_view comment);
  void append_parts(std::vector<Item>& out, const Item& range, bool name_range);
  void join(Item& into, const Item& other);

  std::vector<Item> items_;
  std::string comments_;
  std::size_t added_ = 0;
};

}  // namespace mailtrust::list
