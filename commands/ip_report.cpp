#include "commands/ip_report.hpp"

#include <algorithm>

#include "abuse/scope.hpp"
#include "base/counted.hpp"
#include "commands/ip_findings.hpp"
#include "commands/ip_listings.hpp"
#include "commands/list_words.hpp"

namespace mailtrust::commands {
namespace {

using cli::Style;
using cli::Value;
using iprev::Confirmed;

Value or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

Value three_valued(Confirmed confirmed) {
  return confirmed == Confirmed::unknown ? Value() : Value(confirmed == Confirmed::yes);
}

Value fcrdns_value(iprev::Result result) {
  return result == iprev::Result::temperror ? Value() : Value(result == iprev::Result::pass);
}

std::string_view points_text(Confirmed confirmed) {
  switch (confirmed) {
    case Confirmed::yes: return "back";
    case Confirmed::no: return "elsewhere";
    case Confirmed::unknown: break;
  }
  return "could not tell where";
}

std::string_view confirmed_text(Confirmed confirmed) {
  switch (confirmed) {
    case Confirmed::yes: return "confirmed";
    case Confirmed::no: return "not confirmed";
    case Confirmed::unknown: break;
  }
  return "(could not tell whether it points back)";
}

Value names_value(const iprev::Outcome& outcome) {
  Value::Array names;
  for (const auto& claim : outcome.claims)
    names.emplace_back(Value::Object{{"name", to_string(claim.name)},
                                     {"confirmed", three_valued(claim.confirmed)},
                                     {"points", points_text(claim.confirmed)}});
  return names;
}

std::string name_part(const iprev::Outcome& outcome) {
  if (const auto* best = outcome.best())
    return "name " + to_string(best->name) + ' ' + std::string(confirmed_text(best->confirmed));
  return outcome.result == iprev::Result::permerror ? "no name" : "could not tell its name";
}

std::string listed_part(const BlockCount& count) {
  if (count.answered == 0 && count.silent == 0) return "no block list was asked";
  if (count.answered == 0) return "could not tell whether it is listed";
  auto silent =
      count.silent == 0 ? std::string() : " (" + std::to_string(count.silent) + " could not tell)";
  if (count.answered == 1)
    return (count.listed == 0 ? "not listed" : "listed") +
           (" on the one block list that answered" + silent);
  auto of = " of " + counted(count.answered, "block list") + silent;
  return "listed on " + (count.listed == 0 ? "none" : std::to_string(count.listed)) + of;
}

std::string headline(const IpAnswer& answer) {
  return to_string(answer.address) + ": " + listed_part(count_blocks(answer.listings)) + "; " +
         name_part(answer.name);
}

Value own_value(const list::Decision& decision) {
  Value::Array voices;
  auto add = [&](const list::Voice& voice) {
    voices.emplace_back(
        Value::Object{{"list", voice.list},
                      {"decision", to_string(voice.verdict)},
                      {"entry", voice.entry ? Value(to_string(*voice.entry)) : Value()},
                      {"comment", voice.comment}});
  };
  if (decision.by) add(*decision.by);
  for (const auto& voice : decision.shadows) add(voice);
  return voices;
}

// The questions to registries, as receipts.
Value steps_value(const IpAnswer& answer) {
  Value::Array steps;
  if (answer.owner)
    for (const auto& step : answer.owner->steps)
      steps.emplace_back(step.question + ": " + step.outcome);
  return steps;
}

void add_owner(cli::Report& report, const IpAnswer& answer) {
  const auto* owner = answer.owner ? &*answer.owner : nullptr;
  auto network =
      owner != nullptr && owner->network ? Value(abuse::to_text(*owner->network)) : Value();
  report.field("network", std::move(network))
      .field("network_name", owner != nullptr ? or_null(owner->name) : Value())
      .field("org", owner != nullptr ? or_null(owner->organization) : Value())
      .field("country", owner != nullptr ? or_null(owner->country) : Value())
      .field("registered", owner != nullptr ? time_value(owner->registered) : Value())
      .field("owner_not_asked", or_null(answer.owner_not_asked),
             {.kind = Style::Kind::verbose, .label = "owner"})
      .field("registries", steps_value(answer), {.kind = Style::Kind::verbose});
}

void add_listings(cli::Report& report, const IpAnswer& answer) {
  report
      .field("listings", listings_value(answer.listings),
             {.kind = Style::Kind::table,
              .label = "lists",
              .columns = {"zone", "state", "codes", "says"},
              .only = "notable"})
      .field("reputation", reputation_value(answer.listings),
             {.kind = Style::Kind::table, .columns = {"source", "says"}});
}

Value generic_value(const IpAnswer& answer) {
  return answer.generic ? Value(answer.generic->reason) : Value();
}

// Trouble that was told with the first address of the prefix.
bool is_known_trouble(const IpAnswer& answer, const finding::Finding& finding) {
  return !answer.leads && finding.id.starts_with("ip.list-") &&
         std::ranges::all_of(answer.listings, [](const dnsbl::Listing& listing) {
           return listing.is_for_all || !is_untold(listing);
         });
}

// Of a prefix most addresses are nobody's mail server: a line is enough where nothing is wrong.
bool is_dull(const IpAnswer& answer, const std::vector<finding::Finding>& findings) {
  auto is_dull = [&](const finding::Finding& finding) {
    return finding.severity == finding::Severity::info || finding.id == "ip.no-name" ||
           is_known_trouble(answer, finding);
  };
  return answer.one_of_many && std::ranges::all_of(findings, is_dull) &&
         std::ranges::none_of(answer.listings, [](const dnsbl::Listing& listing) {
           return listing.standing.state == dnsbl::State::listed;
         });
}

}  // namespace

cli::Report report_of(const IpAnswer& answer) {
  auto findings = findings_of(answer);
  const auto* best = answer.name.best();
  bool several = answer.name.claims.size() > 1;
  cli::Report report;
  report
      .field("ip", to_string(answer.address),
             {.kind = Style::Kind::title, .label = headline(answer)})
      .json("ptr", best != nullptr ? Value(to_string(best->name)) : Value())
      .json("fcrdns", fcrdns_value(answer.name.result))
      .json("iprev", to_string(answer.name.result))
      .field("names", names_value(answer.name),
             {.kind = several ? Style::Kind::table : Style::Kind::hidden,
              .columns = {"name", "points"}})
      .json("generic", generic_value(answer));
  add_owner(report, answer);
  report.field("provider", answer.provider ? Value(answer.provider->name) : Value())
      .field("provider_by", answer.provider ? Value(answer.provider->by) : Value(),
             {.kind = Style::Kind::verbose});
  add_listings(report, answer);
  report
      .field("lists", own_value(answer.own),
             {.kind = Style::Kind::table,
              .label = "own lists",
              .columns = {"list", "decision", "entry", "comment"}})
      .judge(verdict_of(answer));
  if (is_dull(answer, findings)) report.brief();
  report.findings(std::move(findings));
  return report;
}

}  // namespace mailtrust::commands
