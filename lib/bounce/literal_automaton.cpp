#include "bounce/literal_automaton.hpp"

#include <algorithm>
#include <numeric>

namespace mailtrust::bounce {

// The literals are sorted, so that those below a node are a range of them.
struct LiteralAutomaton::Builder {
  struct Range {
    std::uint32_t begin, end;
  };

  LiteralAutomaton& automaton;
  const std::vector<std::string_view>& literals;
  std::vector<std::uint32_t> order = {};
  std::vector<Range> ranges = {};         // by node
  std::vector<std::uint32_t> depth = {};  // by node

  [[nodiscard]] std::string_view literal(std::uint32_t place) const {
    return literals[order[place]];
  }

  void sort() {
    order.resize(literals.size());
    std::iota(order.begin(), order.end(), 0U);
    if (std::ranges::is_sorted(literals)) return;
    std::ranges::sort(order, [&](auto a, auto b) {
      auto difference = literals[a].compare(literals[b]);
      return difference != 0 ? difference < 0 : a < b;
    });
  }

  void add_node(unsigned char label, Range range, std::uint32_t at_depth) {
    automaton.nodes_.push_back({});
    automaton.labels_.push_back(label);
    ranges.push_back(range);
    depth.push_back(at_depth);
  }

  void build() {
    sort();
    std::size_t octets = 0;
    for (auto text : literals) octets += text.size();
    automaton.nodes_.reserve(octets + 1);
    automaton.labels_.reserve(octets + 1);
    ranges.reserve(octets + 1);
    depth.reserve(octets + 1);
    add_node(0, {0, static_cast<std::uint32_t>(literals.size())}, 0);
    for (std::uint32_t node = 0; node < automaton.nodes_.size(); ++node) expand(node);
  }

  void expand(std::uint32_t node) {
    auto [at, end] = ranges[node];
    auto length = depth[node];
    for (; at < end && literal(at).size() == length; ++at) {
      auto& ends = automaton.nodes_[node].literal;
      if (ends == kNone) ends = order[at];
    }
    auto& made = automaton.nodes_;
    auto& self = made[node];
    self.first_child = static_cast<std::uint32_t>(made.size());
    self.hit = self.literal != kNone ? node : made[self.shorter].hit;
    while (at < end) {
      auto label = static_cast<unsigned char>(literal(at)[length]);
      auto begin = at;
      while (at < end && static_cast<unsigned char>(literal(at)[length]) == label) ++at;
      ++made[node].children;
      link(node, label, {begin, at});
    }
  }

  // The suffixes of a node are shorter than it, so they and their children are there already.
  void link(std::uint32_t node, unsigned char label, Range range) {
    auto child = static_cast<std::uint32_t>(automaton.nodes_.size());
    add_node(label, range, depth[node] + 1);
    if (node == 0) {
      automaton.roots_[label] = child;
    } else {
      auto is_word = [](unsigned char c) { return ascii::is_alnum(static_cast<char>(c)); };
      bool may_begin = !(is_word(automaton.labels_[node]) && is_word(label));
      automaton.nodes_[child].shorter =
          automaton.next(automaton.nodes_[node].shorter, label, may_begin);
    }
  }
};

LiteralAutomaton::LiteralAutomaton(const std::vector<std::string_view>& literals) {
  Builder{*this, literals}.build();
}

}  // namespace mailtrust::bounce
