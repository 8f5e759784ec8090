#include "bounce/rule.hpp"

namespace mailtrust::bounce {
namespace {

// Of rules that weigh the same and find as much text, the first counts.
constexpr Rule kRules[] = {
#include "bounce/rules/all_receivers.inc"
#include "bounce/rules/authentication.inc"
#include "bounce/rules/content.inc"
#include "bounce/rules/mailbox.inc"
#include "bounce/rules/network.inc"
#include "bounce/rules/policy.inc"
#include "bounce/rules/rate.inc"
#include "bounce/rules/recipient.inc"
#include "bounce/rules/reputation.inc"
#include "bounce/rules/system.inc"
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
