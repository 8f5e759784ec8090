// mailtrust check DOMAIN...
// Will this domain's mail be trusted, and what is to be mended?
#include "check/check.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "commands/commands.hpp"
#include "commands/dkim_keys.hpp"
#include "dns/idna.hpp"

namespace mailtrust::commands {
namespace {

using cli::Style;
using cli::Value;

/// So many fit a screen, with the record to paste.
constexpr std::size_t kShownFindings = 5;

cli::Verdict verdict(check::Standing standing) {
  switch (standing) {
    case check::Standing::bad: return cli::Verdict::bad;
    case check::Standing::unknown: return cli::Verdict::unknown;
    case check::Standing::good:
    case check::Standing::warning:
    case check::Standing::none: return cli::Verdict::good;
  }
  return cli::Verdict::unknown;
}

Value::Object area_object(const check::Area& area) {
  return {{"verdict", to_string(area.standing)}, {"summary", area.summary}};
}

Value mx_value(const check::Outcome& outcome) {
  Value::Array records;
  for (const auto& host : outcome.mx.hosts) {
    Value::Array addresses;
    for (const auto& address : host.addresses) addresses.emplace_back(to_string(address));
    records.push_back(Value::Object{{"preference", host.preference},
                                    {"exchange", to_string(host.exchange)},
                                    {"addresses", std::move(addresses)}});
  }
  auto object = area_object(outcome.mx_area);
  object.emplace_back("null_mx", outcome.mx.null_mx);
  object.emplace_back("implicit", outcome.mx.implicit);
  object.emplace_back("records", std::move(records));
  return object;
}

Value spf_value(const check::Outcome& outcome) {
  const auto& root = outcome.spf.root();
  auto object = area_object(outcome.spf_area);
  object.emplace_back("record", root.texts.size() == 1 ? Value(root.texts.front()) : Value());
  object.emplace_back("lookups", root.total.lookups);
  object.emplace_back("void_lookups", root.total.voids);
  return object;
}

Value dkim_value(const check::Outcome& outcome) {
  auto object = area_object(outcome.dkim_area);
  object.emplace_back("tried", outcome.dkim.tried);
  object.emplace_back("keys", keys_value(outcome.dkim.keys));
  return object;
}

Value dmarc_value(const check::Outcome& outcome) {
  const auto& dmarc = outcome.dmarc;
  auto object = area_object(outcome.dmarc_area);
  bool found = dmarc.presence == dmarc::Presence::found;
  object.emplace_back("record", found ? Value(dmarc.parsed().record.text) : Value());
  object.emplace_back("found_at", found ? Value(to_string(dmarc.found_at().name)) : Value());
  object.emplace_back("policy", dmarc.policy ? Value(to_string(*dmarc.policy)) : Value());
  object.emplace_back("organizational_domain", dmarc.organizational_domain
                                                   ? Value(to_string(*dmarc.organizational_domain))
                                                   : Value());
  return object;
}

Value providers_value(const check::Outcome& outcome) {
  Value::Array names;
  for (const auto& match : outcome.providers)
    names.emplace_back((match.probably ? "probably " : "") + std::string(match.provider->name));
  return names;
}

// The whole answer in a sentence, so that nobody has to add up the areas.
std::string conclusion(const check::Outcome& outcome) {
  auto count =
      std::ranges::count(outcome.findings, finding::Severity::error, &finding::Finding::severity);
  if (count > 0) return std::to_string(count) + (count == 1 ? " fault to mend" : " faults to mend");
  if (outcome.overall() == check::Standing::unknown) return "could not tell everything";
  return outcome.parked ? "parked: neither sends nor accepts mail" : "set up right";
}

cli::Report judge(const dns::Name& domain, cli::Context& context) {
  auto outcome = check::check(context.resolver, domain);
  auto name = to_string(domain);
  auto unicode = dns::to_u_labels(name);
  cli::Report report;
  report.field("domain", name, {.kind = Style::Kind::title});
  if (unicode != name) report.field("unicode", unicode);
  report.field("conclusion", conclusion(outcome))
      .field("mx", mx_value(outcome), {.kind = Style::Kind::area, .label = "MX"})
      .field("spf", spf_value(outcome), {.kind = Style::Kind::area, .label = "SPF"})
      .field("dkim", dkim_value(outcome), {.kind = Style::Kind::area, .label = "DKIM"})
      .field("dmarc", dmarc_value(outcome), {.kind = Style::Kind::area, .label = "DMARC"})
      .field("providers", providers_value(outcome))
      .findings(std::move(outcome.findings))
      .show_findings(kShownFindings)
      .judge(verdict(outcome.overall()));
  return report;
}

}  // namespace

void add_check(cli::Program& program) {
  auto command = program.command("check", "Say whether a domain's mail will be trusted");
  command.about(
      "Looks at where the domain's mail goes (MX), who may send in its name (SPF), its keys (DKIM) "
      "and its policy (DMARC), and says what to mend, the most harmful first.\n"
      "\n"
      "DKIM keys cannot be listed, only guessed: selectors of known providers are tried. That none "
      "was found is \"could not tell\"; name yours with \"mailtrust dkim check DOMAIN --selector "
      "S\".");
  command.inputs(
      "DOMAIN", "a domain such as example.org",
      cli::judge_each<dns::Name>(dns::Name::parse, "domain", judge),
      {.kind = cli::Work::Kind::waits, .questions = limits::kCheckQuestions, .key = "domain"});
}

}  // namespace mailtrust::commands
