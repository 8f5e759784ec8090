#include "bounce/rule.hpp"

namespace mailtrust::bounce {
namespace {

// Of rules that weigh the same and find as much text, the first counts.
constexpr Rule kRules[] = {
#include "bounce/rules/recipient.inc"
};

}  // namespace

std::span<const Rule> rules() {
  return kRules;
}

const Rule* find_rule(std::string_view id) {
  for (const auto& rule : kRules)
    if (rule.id == id) return &rule;
  return nullptr;
}

}  // namespace mailtrust::bounce
