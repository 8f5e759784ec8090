#pragma once
// Many phrases looked for in one pass over a text.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bounce/literal_automaton.hpp"

namespace mailtrust::bounce {

/// A phrase is one or more wordings, parted by " | "; a wording is one or more pieces, parted by
/// " * ", that stand in the text in this order with anything between, not overlapping. A piece is
/// literal, as fold() writes text. One that begins with a letter or digit of ASCII begins where a
/// word does; it may end inside one: "blacklist" finds "blacklisted", never "unblacklist". With "$"
/// behind it it ends where a word does: "spf$" does not find "spfbl".
class PhraseSet {
 public:
  struct Hit {
    std::uint32_t phrase = 0;  ///< index
    std::uint32_t length = 0;  ///< octets of the pieces that were found
  };

  /// Empty phrases never match. The texts must outlive it.
  explicit PhraseSet(const std::vector<std::string_view>& phrases);

  /// Every wording that `folded` holds, once, in the order of their ends. Linear in the length of
  /// `folded`, of which at most 4 GiB are looked at.
  [[nodiscard]] std::vector<Hit> find(std::string_view folded) const;

  [[nodiscard]] const LiteralAutomaton& automaton() const { return automaton_; }

 private:
  struct Wording {
    std::uint32_t phrase = 0;
    std::uint32_t length = 0;
    std::uint32_t pieces = 0;
    std::uint32_t track = 0;  // which Progress, when there are several pieces
  };

  // How far a wording of several pieces has come.
  struct Progress {
    std::uint32_t pieces = 0;
    std::uint32_t end = 0;  // of the last one
  };

  // A piece as the `place`th of a wording.
  struct Use {
    std::string_view piece;
    std::uint32_t wording = 0;
    std::uint32_t place = 0;
    bool to_word_end = false;
  };

  // A piece, and the range of its uses.
  struct Literal {
    std::uint32_t length = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };

  static bool advance(Progress& so_far, const Use& use, std::size_t begin, std::size_t end);
  void add(std::uint32_t phrase, std::string_view wording);
  std::vector<std::string_view> collect(const std::vector<std::string_view>& phrases);

  std::vector<Wording> wordings_;
  std::vector<Use> uses_;  // sorted by piece
  std::vector<Literal> literals_;
  std::uint32_t tracks_ = 0;
  LiteralAutomaton automaton_;
};

}  // namespace mailtrust::bounce
