#pragma once
// grep for addresses: the lines of a text that hold one of a set.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "list/address_index.hpp"
#include "list/scanner.hpp"

namespace mailtrust::list {

/// Calls `visit(found)` for the addresses of `text` that are in the set, in order; it returns where
/// in the text to go on.
template <typename Visit>
void each_member(std::string_view text, const AddressIndex& index, Visit visit) {
  Places places;
  Found found;
  std::size_t resume = 0;
  for (std::size_t from = 0; from < text.size(); from += kWindow) {
    if (resume >= from + kWindow) continue;
    for (auto place : find_places(text, from, places)) {
      if (place < resume) continue;
      bool is_address = read_around(text, place, found);
      resume = found.end;
      if (is_address && index.contains(found.family, found.value)) resume = visit(found);
    }
  }
}

/// What of a text is wanted.
enum class Selection {
  matching,   ///< lines that hold an address of the set
  others,     ///< lines that do not
  addresses,  ///< the addresses alone, as spelled, one a line
};

/// What a text came to.
struct Selected {
  std::string octets = {};  ///< as they are in the text
  std::size_t lines = 0;    ///< how many; addresses where those are wanted
  bool has_first = false;   ///< is the first line of the text selected?
  bool has_last = false;    ///< and the last?
};

class Matcher {
 public:
  /// `keeps_octets`: else lines are only counted.
  Matcher(const AddressIndex& index, Selection selection, bool keeps_octets)
      : index_(index), selection_(selection), keeps_octets_(keeps_octets) {}

  /// `text` is whole lines; the last may lack its line feed. Thread-safe.
  void run(std::string_view text, Selected& selected) const;

 private:
  void select_lines(std::string_view text, Selected& selected) const;
  void select_others(std::string_view text, Selected& selected) const;
  void select_addresses(std::string_view text, Selected& selected) const;

  const AddressIndex& index_;
  Selection selection_;
  bool keeps_octets_;
};

}  // namespace mailtrust::list
