#include "bounce/advice_table.hpp"

namespace mailtrust::bounce {
namespace {

constexpr AdviceRow kReasonRows[] = {
#include "bounce/advice.inc"
};

constexpr AdviceRow kRuleRows[] = {
#include "bounce/advice_rules.inc"
};

constexpr Page kPages[] = {
#include "bounce/pages.inc"
};

constexpr ListMark kLists[] = {
#include "bounce/lists.inc"
};

}  // namespace

std::span<const AdviceRow> reason_advice() {
  return kReasonRows;
}

std::span<const AdviceRow> rule_advice() {
  return kRuleRows;
}

std::span<const Page> pages() {
  return kPages;
}

std::span<const ListMark> list_marks() {
  return kLists;
}

}  // namespace mailtrust::bounce
