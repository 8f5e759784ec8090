#pragma once
// Many literals searched for at once: the automaton of Aho and Corasick ("Efficient string
// matching", 1975), kept small enough to be built on first use.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"

namespace mailtrust::bounce {

class LiteralAutomaton {
 public:
  /// The literals must not be empty; equal ones count as the first of them. Time is linear in their
  /// octets (and n log n in their number). They need not outlive the call.
  explicit LiteralAutomaton(const std::vector<std::string_view>& literals);

  /// Calls found(literal, end) for every occurrence in `text` that does not begin inside a word (of
  /// ASCII letters and digits), overlapping ones too, in the order of their ends: `literal` is an
  /// index into the constructor's, `end` is one past its last octet. Linear in the length of `text`
  /// and the number of occurrences.
  template <typename Found>
  void scan(std::string_view text, Found found) const {
    std::uint32_t node = 0;
    bool in_word = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
      bool is_word = ascii::is_alnum(text[at]);
      node = next(node, static_cast<unsigned char>(text[at]), !(in_word && is_word));
      in_word = is_word;
      for (auto hit = nodes_[node].hit; hit != 0; hit = nodes_[nodes_[hit].shorter].hit)
        found(nodes_[hit].literal, at + 1);
    }
  }

  [[nodiscard]] std::size_t nodes() const { return nodes_.size(); }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;

  // A node is a prefix of literals; node 0 is the empty one. The children of a node stand together
  // in the order of their labels, as nodes are made breadth first.
  struct Node {
    std::uint32_t first_child = 0;
    std::uint32_t shorter =
        0;                  // the longest proper suffix that is a node and begins no word's inside
    std::uint32_t hit = 0;  // this node or the next shorter one that ends a literal; 0: none
    std::uint32_t literal = kNone;  // which ends here
    std::uint16_t children = 0;
  };

  [[nodiscard]] std::uint32_t child(std::uint32_t node, unsigned char label) const {
    auto at = nodes_[node].first_child;
    auto end = at + nodes_[node].children;
    while (at < end && labels_[at] < label) ++at;
    return at < end && labels_[at] == label ? at : 0;
  }

  // `may_begin`: a literal may begin with this octet.
  [[nodiscard]] std::uint32_t next(std::uint32_t node, unsigned char label, bool may_begin) const {
    while (node != 0) {
      if (auto found = child(node, label)) return found;
      node = nodes_[node].shorter;
    }
    return may_begin ? roots_[label] : 0;
  }

  struct Builder;

  std::vector<Node> nodes_;
  std::vector<unsigned char> labels_;  // by node
  std::uint32_t roots_[256] = {};      // the children of node 0
};

}  // namespace mailtrust::bounce
