#include "commands/abuse_groups.hpp"

#include <algorithm>

#include "base/number.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;
using Kind = cli::Style::Kind;

constexpr std::size_t kFindingsShown = 10;

const Value* value_of(const cli::Report& report, std::string_view key) {
  auto field = std::ranges::find(report.fields(), key, &cli::Report::Field::key);
  return field == report.fields().end() ? nullptr : &field->value;
}

std::string text_of(const Value* value) {
  const auto* text = value == nullptr ? nullptr : value->text();
  return text == nullptr ? std::string() : *text;
}

std::string first_contact(const cli::Report& report) {
  const auto* contacts = value_of(report, "contacts");
  const auto* array = contacts == nullptr ? nullptr : contacts->array();
  return array == nullptr || array->empty() ? std::string() : text_of(array->front().find("email"));
}

std::string_view status_of(cli::Verdict verdict) {
  switch (verdict) {
    case cli::Verdict::good: return "found";
    case cli::Verdict::bad: return "none";
    case cli::Verdict::unknown:
    case cli::Verdict::unusable: break;
  }
  return "unknown";
}

std::string heading(const std::string& email, cli::Verdict verdict, std::size_t count) {
  auto addresses = grouped(count) + (count == 1 ? " address" : " addresses");
  if (!email.empty()) return email + ", " + addresses;
  return (verdict == cli::Verdict::unknown ? "could not tell, " : "nobody answers, ") + addresses;
}

}  // namespace

void AbuseGroups::gather(const cli::Report& report) {
  auto email = first_contact(report);
  auto key = email.empty() ? (report.verdict() == cli::Verdict::unknown ? "?" : "") : email;
  auto [place, is_new] = places_.try_emplace(key, groups_.size());
  if (is_new) groups_.push_back({email, report.verdict(), {}, {}});
  auto& group = groups_[place->second];
  group.addresses.push_back(text_of(value_of(report, "ip")));
  if (!email.empty()) return;
  const auto& findings = report.findings();
  group.findings.insert(group.findings.end(), findings.begin(), findings.end());
}

void AbuseGroups::answer(cli::Output& output) const {
  auto tell = [&](const Group& group) {
    cli::Report report;
    report.json("contact", group.email.empty() ? Value() : Value(group.email))
        .json("status", status_of(group.verdict))
        .json("count", group.addresses.size())
        .field("addresses", Value::list(group.addresses),
               {.kind = Kind::items,
                .label = heading(group.email, group.verdict, group.addresses.size())})
        .findings(group.findings)
        .show_findings(kFindingsShown)
        .judge(group.verdict);
    output.answer(report);
  };
  for (const auto& group : groups_)
    if (!group.email.empty()) tell(group);
  for (const auto& group : groups_)
    if (group.email.empty()) tell(group);
}

}  // namespace mailtrust::commands
