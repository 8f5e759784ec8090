// mailtrust dmarc check DOMAIN...
// Which DMARC policy applies, where it was found, what it says, who gets the reports.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/dmarc_tags.hpp"
#include "commands/dmarc_words.hpp"
#include "dmarc/destination.hpp"
#include "dmarc/discover.hpp"
#include "dmarc/old_reading.hpp"
#include "dns/overlay_resolver.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;
using dmarc::Presence;

struct Options {
  std::optional<std::string> record;
};

// Everything that is known of one domain.
struct Survey {
  dmarc::Outcome outcome;
  dmarc::OldPolicy before;
  std::vector<dmarc::Destination> destinations;
  std::vector<finding::Finding> findings;
};

Survey survey(dns::Resolver& resolver, const dns::Name& domain) {
  Survey survey;
  survey.outcome = dmarc::discover(resolver, domain);
  survey.before = dmarc::discover_by_list(resolver, survey.outcome);
  survey.destinations = dmarc::find_destinations(resolver, survey.outcome);
  dmarc::survey_mail(resolver, survey.destinations);
  survey.findings = dmarc::lint(survey.outcome);
  std::ranges::move(dmarc::lint(survey.outcome, survey.destinations),
                    std::back_inserter(survey.findings));
  finding::sort_by_harm(survey.findings);
  return survey;
}

cli::Verdict verdict(const Survey& survey) {
  using finding::Severity;
  bool broken = std::ranges::find(survey.findings, Severity::error, &finding::Finding::severity) !=
                survey.findings.end();
  if (broken) return cli::Verdict::bad;
  bool told = survey.outcome.presence == Presence::found && survey.outcome.policy &&
              survey.outcome.organizational_domain && dmarc::determined(survey.destinations);
  return told ? cli::Verdict::good : cli::Verdict::unknown;
}

cli::Value name_or_null(const std::optional<dns::Name>& name) {
  return name ? cli::Value(to_string(*name)) : cli::Value();
}

cli::Value policy_or_null(const std::optional<dmarc::Policy>& policy) {
  return policy ? cli::Value(to_string(*policy)) : cli::Value();
}

// What the record says, as JSON has it; null without one.
void add_policy(cli::Report& report, const dmarc::Outcome& outcome) {
  bool found = outcome.presence == Presence::found;
  bool applies = found && outcome.parsed().applies();
  const auto* record = found ? &outcome.parsed().record : nullptr;
  report.json("found_at", found ? cli::Value(to_string(outcome.found_at().name)) : cli::Value())
      .json("policy", policy_or_null(outcome.policy))
      .json("policy_tag", applies ? cli::Value(outcome.policy_tag) : cli::Value())
      .json("subdomain_policy",
            applies ? cli::Value(to_string(record->for_subdomains())) : cli::Value())
      .json("nonexistent_policy",
            applies ? cli::Value(to_string(record->for_nonexistent())) : cli::Value())
      .json("testing", found ? cli::Value(record->testing) : cli::Value())
      .json("rua", found ? cli::Value::list(record->rua) : cli::Value::Array{})
      .json("ruf", found ? cli::Value::list(record->ruf) : cli::Value::Array{});
}

cli::Report page(const Survey& survey, cli::Verdict verdict) {
  const auto& outcome = survey.outcome;
  bool found = outcome.presence == Presence::found;
  cli::Report report;
  report.json("domain", to_string(outcome.domain))
      .field("summary", headline(outcome), {.kind = Kind::title})
      .field("record", found ? cli::Value(outcome.parsed().record.text) : cli::Value(),
             {.kind = Kind::paste});
  add_policy(report, outcome);
  report.field("walk", walk_value(outcome), walk_style())
      .field("organizational_domain", name_or_null(outcome.organizational_domain));
  if (found) report.field("tags", tags_value(outcome.parsed()), tags_style());
  report.field("destinations", destinations_value(survey.destinations), destinations_style())
      .field("old_readers", old_readers(outcome, survey.before), {.label = "older receivers"})
      .json("old_reading", old_reading_value(survey.before));
  return report.judge(verdict);
}

cli::Report judge(const dns::Name& domain, cli::Context& context, const Options& options) {
  dns::OverlayResolver overlay(context.resolver);
  if (auto name = domain.child("_dmarc"); name && options.record)
    overlay.set_txt(*name, {*options.record});
  auto all = survey(overlay, domain);
  auto report = page(all, verdict(all));
  return report.findings(std::move(all.findings));
}

}  // namespace

void add_dmarc_check(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto record = [options](std::string_view text) -> Expected<void> {
    options->record = text;
    return {};
  };
  program.command("dmarc check", "The policy that applies, where it is, and who gets the reports")
      .option("--record", "TXT", "judge this record, not yet published, in the place of DOMAIN's",
              record)
      .about(
          "The record is looked for as RFC 9989 says: at the domain, then at each domain above it. "
          "Where receivers that still follow RFC 7489 and its public suffix list come to something "
          "else, that is said too.")
      .inputs("DOMAIN", "the domain in the From field",
              cli::judge_each<dns::Name>(dns::Name::parse, "domain",
                                         [options](const dns::Name& domain, cli::Context& context) {
                                           return judge(domain, context, *options);
                                         }));
}

}  // namespace mailtrust::commands
