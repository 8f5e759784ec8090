#include "list/narrowest.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>

namespace mailtrust::list {
namespace {

using net::Uint128;

constexpr auto kNone = std::numeric_limits<std::uint32_t>::max();

}  // namespace

// Goes along the addresses of one family; of the entries that have begun the narrowest is on top,
// and those that ended under it go when they come up.
class NarrowestIndex::Sweep {
 public:
  Sweep(const std::vector<Item>& items, std::vector<Stretch>& out) : items_(items), out_(out) {}

  void begin(std::uint32_t number) {
    const auto& block = items_[number].block;
    advance(block.first);
    at_ = block.first;
    open_.emplace(block.last - block.first, number);
    tell(open_.top().second);
  }

  void finish() { advance(~Uint128{0}); }

 private:
  using Open = std::pair<Uint128, std::uint32_t>;  // how wide, which

  [[nodiscard]] Uint128 last_on_top() const { return items_[open_.top().second].block.last; }

  void drop_ended() {
    while (!open_.empty() && last_on_top() < at_) open_.pop();
  }

  // To `next`, past the ends before it.
  void advance(Uint128 next) {
    drop_ended();
    while (!open_.empty() && last_on_top() < next) {
      at_ = last_on_top() + 1;
      drop_ended();
      tell(open_.empty() ? kNone : open_.top().second);
    }
  }

  // Of those that begin at one address the last told counts.
  void tell(std::uint32_t number) {
    if (!out_.empty() && out_.back().first == at_) {
      out_.back().entry = number;
    } else if (out_.empty() || out_.back().entry != number) {
      out_.push_back({at_, number});
    }
  }

  const std::vector<Item>& items_;
  std::vector<Stretch>& out_;
  std::priority_queue<Open, std::vector<Open>, std::greater<>> open_;
  Uint128 at_ = 0;
};

void NarrowestIndex::add(const Block& block, std::string_view comment) {
  items_.push_back({block, comments_.size(), static_cast<std::uint32_t>(comment.size())});
  comments_ += comment;
}

void NarrowestIndex::build() {
  std::vector<std::uint32_t> order(items_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order,
                           [&](auto a, auto b) { return items_[a].block < items_[b].block; });
  for (auto family : {net::Family::v4, net::Family::v6}) {
    Sweep sweep(items_, stretches_[static_cast<std::size_t>(family)]);
    for (auto number : order)
      if (items_[number].block.family == family) sweep.begin(number);
    sweep.finish();
  }
}

std::optional<std::uint32_t> NarrowestIndex::find(net::Family family, Uint128 address) const {
  const auto& stretches = stretches_[static_cast<std::size_t>(family)];
  auto after = std::upper_bound(stretches.begin(), stretches.end(), address,
                                [](Uint128 a, const Stretch& s) { return a < s.first; });
  if (after == stretches.begin() || std::prev(after)->entry == kNone) return std::nullopt;
  return std::prev(after)->entry;
}

std::string_view NarrowestIndex::comment(std::uint32_t number) const {
  const auto& item = items_[number];
  return std::string_view(comments_).substr(item.comment, item.size);
}

}  // namespace mailtrust::list
