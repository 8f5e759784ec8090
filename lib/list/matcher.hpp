#pragma once
// grep for addresses: the lines of a text that hold one of a set.

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "list/address_index.hpp"
#include "list/scanner.hpp"

namespace mailtrust::list {

/// Addresses that are looked up together, while memory is fetched for all of them.
inline constexpr std::size_t kTogether = 16;

/// Calls `visit(found)` for the addresses of `text` that are in the set, in order; it returns where
/// in the text to go on.
template <typename Visit>
void each_member(std::string_view text, const AddressIndex& index, Visit visit) {
  Places places;
  std::array<Found, kTogether> batch;
  std::size_t size = 0;
  std::size_t resume = 0;   // places before this one are done with
  std::size_t visited = 0;  // and addresses before this one
  std::size_t taken = 0;    // the end of the last address, of the set or not: none overlaps it
  auto look_up = [&] {
    for (const auto& found : std::span(batch).first(std::exchange(size, 0)))
      if (found.begin >= visited && index.contains(found.family, found.value))
        visited = visit(found);
    resume = std::max(resume, visited);
  };
  for (std::size_t from = 0; from < text.size(); from += kWindow) {
    if (resume >= from + kWindow) continue;
    for (auto place : find_places(text, from, places)) {
      if (place < resume) continue;
      auto& found = batch[size];
      bool is_address = read_around(text, place, found);
      resume = found.end;
      if (!is_address || found.begin < taken) continue;
      taken = found.end;
      index.expect(found.family, found.value);
      if (++size == kTogether) look_up();
    }
  }
  look_up();
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
