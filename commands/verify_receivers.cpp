#include "commands/verify_receivers.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace mailtrust::commands {
namespace {

using cli::Value;
using receivers::Opinion;

bool decides(const receivers::RuleOpinion& rule) {
  return !rule.note && rule.opinion != Opinion::fine;
}

std::string remark_of(const receivers::RuleOpinion& rule) {
  auto remark = rule.reason;
  if (rule.old) remark += " (the rule was last seen on " + std::string(rule.rule->date) + ")";
  return remark;
}

Value rule_value(const receivers::RuleOpinion& rule) {
  return Value::Object{
      {"id", rule.rule->id},       {"opinion", to_string(rule.opinion)}, {"text", rule.rule->text},
      {"reason", rule.reason},     {"source", rule.rule->source},        {"date", rule.rule->date},
      {"old", rule.old},           {"bulk_only", rule.rule->bulk_only},  {"decides", decides(rule)},
      {"remark", remark_of(rule)},
  };
}

void say(std::string& out, std::ptrdiff_t count, const std::string& what) {
  if (count > 0) out += ", " + std::to_string(count) + ' ' + what;
}

std::string summary_of(const receivers::ReceiverOpinion& receiver) {
  auto count = [&](auto holds) { return std::ranges::count_if(receiver.rules, holds); };
  auto notes = count([](const auto& rule) { return rule.note; });
  auto broken = count([](const auto& rule) { return rule.opinion > Opinion::cannot_tell; });
  auto open =
      count([](const auto& rule) { return !rule.note && rule.opinion == Opinion::cannot_tell; });
  auto all = static_cast<std::ptrdiff_t>(receiver.rules.size());
  auto out =
      std::to_string(all - notes - broken - open) + " of " + std::to_string(all) + " rules kept";
  say(out, broken, "broken");
  say(out, open, "open");
  say(out, notes, "not seen in a file");
  return out;
}

Value receiver_value(const receivers::ReceiverOpinion& receiver) {
  Value::Array rules;
  for (const auto& rule : receiver.rules) rules.push_back(rule_value(rule));
  return Value::Object{{"receiver", receiver.receiver},
                       {"opinion", to_string(receiver.opinion)},
                       {"remark", summary_of(receiver)},
                       {"rules", std::move(rules)}};
}

}  // namespace

Value receivers_value(std::span<const receivers::ReceiverOpinion> opinions) {
  Value::Array out;
  for (const auto& receiver : opinions) out.push_back(receiver_value(receiver));
  return out;
}

cli::Style receivers_style(bool bulk) {
  return {.kind = cli::Style::Kind::tree,
          .label = bulk ? "would they take it, as bulk mail"
                        : "would they take it (--bulk: as bulk mail)",
          .columns = {"receiver|id", "opinion", "remark:"},
          .children = "rules",
          .only = "decides"};
}

}  // namespace mailtrust::commands
