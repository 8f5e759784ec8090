#include "spf/survey_cost.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"

namespace mailtrust::spf {
namespace {

std::size_t add(std::size_t a, std::size_t b) {
  return std::min(a + b, kMostCost);
}

// Depth first, each node once: records that many includes share would otherwise be added up again
// and again. At most limits::kSpfRecords nodes have terms, so the recursion is no deeper.
class Settler {
 public:
  explicit Settler(Survey& survey) : survey_(survey), states_(survey.nodes.size()) {}

  void settle(std::size_t index) {
    auto& node = survey_.nodes[index];
    states_[index] = State::open;
    for (auto& term : node.terms) {
      term.total = term.own;
      if (term.child) settle_child(term);
      node.total = node.total + term.total;
    }
    states_[index] = State::done;
  }

 private:
  enum class State { fresh, open, done };

  void settle_child(Term& term) {
    auto state = states_[*term.child];
    term.loop = state == State::open;
    if (term.loop) return;
    if (state == State::fresh) settle(*term.child);
    const auto& child = survey_.nodes[*term.child];
    auto below = child.total;
    if (child.void_answer) below = below + Cost{0, 0, 0, 1, 1, 1};
    if (!term.reached) below = Cost{0, below.written, 0, 0, 0, 0};
    term.total = term.own + below;
  }

  Survey& survey_;
  std::vector<State> states_;
};

}  // namespace

Cost operator+(const Cost& a, const Cost& b) {
  return {add(a.lookups, b.lookups), add(a.written, b.written),   add(a.with_hosts, b.with_hosts),
          add(a.voids, b.voids),     add(a.voids_v4, b.voids_v4), add(a.voids_v6, b.voids_v6)};
}

void settle_costs(Survey& survey) {
  Settler(survey).settle(0);
}

std::vector<std::size_t> reached_nodes(const Survey& survey) {
  std::vector<std::size_t> order = {0};
  std::vector<bool> seen(survey.nodes.size());
  seen[0] = true;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const auto& term : survey.nodes[order[i]].terms) {
      if (!term.reached || !term.child || seen[*term.child]) continue;
      seen[*term.child] = true;
      order.push_back(*term.child);
    }
  }
  return order;
}

}  // namespace mailtrust::spf
