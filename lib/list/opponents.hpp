#pragma once
// Entries of lists of the other verdict, and which entries of a list contradict them.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/expected.hpp"
#include "list/origin.hpp"
#include "list/packed.hpp"

namespace mailtrust::list {

/// One list, as numbers.
class Opponents {
 public:
  /// Bad lines of a file are told by `reading`; an Error of kind input when it cannot be read, or
  /// had any.
  static Expected<Opponents> read(const Origin& origin, const Reading& reading,
                                  const NamePacker& pack);

  /// "deny.txt, line 4"; of a list of the store its name.
  [[nodiscard]] std::string place_of(std::uint32_t line) const;

  [[nodiscard]] const Packed& packed() const { return packed_; }

 private:
  explicit Opponents(std::string name) : name_(std::move(name)) {}

  std::string name_;
  Packed packed_;
};

/// An entry and one of the other list that speaks about some of the same addresses or mailboxes.
struct Contradiction {
  std::uint32_t line = 0;
  std::uint32_t other = 0;
  std::optional<Block> block;  ///< of the other; nothing for names
};

/// One for each entry of `own` that any of `others` overlaps: equal, around it, inside it. Both are
/// sorted.
void find_contradictions(const Packed& own, const Packed& others,
                         const std::function<void(const Contradiction&)>& visit);

}  // namespace mailtrust::list
