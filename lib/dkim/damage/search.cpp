#include "dkim/damage/search.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kPairs = 60;

// Fields that lists change in one go, and how many edits of each are worth it. The last varies
// fastest, so that the likeliest come first whatever the budget.
struct Slot {
  std::string_view name;  // of a group, or how it starts
  std::size_t most;
};

constexpr std::array<Slot, 10> kSlots = {{{"cc", 1},
                                          {"to", 1},
                                          {"sender", 1},
                                          {"mime-version", 1},
                                          {"list-", 1},
                                          {"content-transfer-encoding", 3},
                                          {"content-type", 4},
                                          {"reply-to", 2},
                                          {"from", 4},
                                          {"subject", 3}}};

class Search {
 public:
  Search(const Draft& draft, std::span<const Edit> edits, HeaderProbe& probe)
      : draft_(draft), edits_(edits), probe_(probe) {}

  bool run() { return fits() || singles() || pairs() || as_lists_do(); }

  [[nodiscard]] const Together& chosen() const { return chosen_; }

 private:
  bool fits() { return probe_.fits(draft_.octets(chosen_)); }

  bool try_with(const Edit& edit) {
    chosen_.push_back(&edit);
    if (fits()) return true;
    chosen_.pop_back();
    return false;
  }

  bool singles() {
    return std::ranges::any_of(edits_, [this](const Edit& edit) { return try_with(edit); });
  }

  // By the sum of their numbers, so that no suspect is held back by the one before it.
  bool pairs() {
    auto most = std::min(edits_.size(), kPairs);
    for (std::size_t sum = 1; sum + 1 < 2 * most && !probe_.spent(); ++sum)
      for (auto i = sum < most ? 0 : sum - most + 1; i < (sum + 1) / 2; ++i) {
        if (edits_[i].touches_what(edits_[sum - i])) continue;
        chosen_.assign(1, &edits_[i]);
        if (try_with(edits_[sum - i])) return true;
      }
    chosen_.clear();
    return false;
  }

  bool as_lists_do() {
    for (std::size_t i = 0; i < kSlots.size(); ++i) choices_[i] = choices_of(kSlots.at(i));
    return choose(0);
  }

  [[nodiscard]] Together choices_of(const Slot& slot) const {
    Together choices;
    for (const auto& edit : edits_) {
      auto in_slot = [&](const Replacement& change) {
        std::string_view name = draft_.groups()[change.group].name;
        return slot.name.ends_with('-') ? name.starts_with(slot.name) : name == slot.name;
      };
      if (edit.weight <= 1 && choices.size() < slot.most &&
          std::ranges::all_of(edit.changes, in_slot))
        choices.push_back(&edit);
    }
    return choices;
  }

  // One and two at a time were tried before.
  bool choose(std::size_t slot) {
    if (probe_.spent()) return false;
    if (slot == kSlots.size()) return chosen_.size() > 2 && fits();
    if (choose(slot + 1)) return true;
    for (const auto* edit : choices_.at(slot)) {
      chosen_.push_back(edit);
      if (choose(slot + 1)) return true;
      chosen_.pop_back();
    }
    return false;
  }

  const Draft& draft_;
  std::span<const Edit> edits_;
  HeaderProbe& probe_;
  Together chosen_;
  std::array<Together, kSlots.size()> choices_;
};

}  // namespace

std::optional<Together> find_together(const Draft& draft, std::span<const Edit> edits,
                                      HeaderProbe& probe) {
  Search search(draft, edits, probe);
  if (!search.run()) return std::nullopt;
  return search.chosen();
}

}  // namespace mailtrust::dkim::damage
