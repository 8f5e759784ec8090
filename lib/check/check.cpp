#include "check/check.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/limits.hpp"
#include "check/summary.hpp"
#include "dkim/candidates.hpp"
#include "dkim/lint.hpp"
#include "dns/inquiry.hpp"
#include "spf/lint.hpp"

namespace mailtrust::check {
namespace {

using finding::Finding;
using finding::Severity;

// What is sure to be asked, on its way before the first answer is waited for.
void start_questions(dns::Resolver& resolver, const dns::Name& domain) {
  std::vector<dns::Question> questions = {{domain, dns::Type::mx}, {domain, dns::Type::txt}};
  for (const char* label : {"_dmarc", "_domainkey"})
    if (auto name = domain.child(label)) questions.push_back({*name, dns::Type::txt});
  resolver.prefetch(questions);
}

std::vector<std::string> include_names(const spf::Survey& survey) {
  std::vector<std::string> names;
  for (const auto& node : survey.nodes)
    if (!node.texts.empty())
      std::ranges::move(dkim::spf_names(node.texts.front()), std::back_inserter(names));
  return names;
}

std::vector<std::string> exchange_names(const mx::Outcome& mx) {
  std::vector<std::string> names;
  for (const auto& host : mx.hosts) names.push_back(to_string(host.exchange));
  return names;
}

void add_best(std::vector<provider::Match>& all, std::vector<provider::Match> found) {
  if (found.empty()) return;
  auto same = [&](const provider::Match& known) {
    return known.provider == found.front().provider;
  };
  auto place = std::ranges::find_if(all, same);
  if (place == all.end())
    all.push_back(std::move(found.front()));
  else
    place->probably = place->probably && found.front().probably;
}

bool authorizes_nobody(const spf::Survey& survey) {
  const auto& root = survey.root();
  if (!root.usable() || root.parsed.record.directives.size() != 1) return false;
  const auto& only = root.parsed.record.directives.front();
  return std::holds_alternative<spf::All>(only.mechanism) && only.qualifier == spf::Qualifier::fail;
}

bool accepts_no_mail(const mx::Outcome& mx) {
  return mx.null_mx || (mx.status == dns::Status::no_data && mx.hosts.empty());
}

void add(std::vector<Finding>& all, std::vector<Finding> found) {
  std::ranges::move(found, std::back_inserter(all));
}

// A domain that sends nothing needs no key: that none was found is no trouble then.
std::vector<Finding> dkim_findings(const Outcome& outcome) {
  auto findings = dkim::lint(outcome.dkim, outcome.domain);
  if (outcome.parked)
    std::erase_if(findings, [](const Finding& finding) { return finding.id != "dkim.wildcard"; });
  for (const auto& key : outcome.dkim.keys) add(findings, dkim::lint(key, dkim::Sought::tried));
  return findings;
}

Standing worst(const std::vector<Finding>& findings) {
  auto has = [&](Severity severity) {
    return std::ranges::find(findings, severity, &Finding::severity) != findings.end();
  };
  if (has(Severity::error)) return Standing::bad;
  return has(Severity::warning) ? Standing::warning : Standing::good;
}

// A definite fault shows through what else is unknown; a warning does not.
Standing standing(const std::vector<Finding>& findings, bool determined) {
  auto worst_finding = worst(findings);
  return determined || worst_finding == Standing::bad ? worst_finding : Standing::unknown;
}

void judge_mx(Outcome& outcome) {
  auto findings = mx::lint(outcome.mx);
  auto area = standing(findings, outcome.mx.determined());
  if (outcome.mx.null_mx) area = Standing::none;
  outcome.mx_area = {area, summary(outcome.mx)};
  add(outcome.findings, std::move(findings));
}

void judge_spf(Outcome& outcome) {
  auto findings = spf::lint(outcome.spf);
  outcome.spf_area = {standing(findings, !outcome.spf.undetermined()), summary(outcome.spf)};
  add(outcome.findings, std::move(findings));
}

void judge_dkim(Outcome& outcome) {
  auto findings = dkim_findings(outcome);
  bool determined = outcome.dkim.found_any() || outcome.parked;
  auto area = standing(findings, determined);
  if (outcome.parked && area != Standing::bad) area = Standing::none;
  outcome.dkim_area = {area, summary(outcome.dkim, outcome.parked)};
  add(outcome.findings, std::move(findings));
}

void judge_dmarc(Outcome& outcome) {
  auto findings = dmarc::lint(outcome.dmarc);
  add(findings, dmarc::lint(outcome.dmarc, outcome.destinations));
  bool determined =
      outcome.dmarc.presence != dmarc::Presence::unknown && dmarc::determined(outcome.destinations);
  outcome.dmarc_area = {standing(findings, determined), summary(outcome.dmarc)};
  add(outcome.findings, std::move(findings));
}

}  // namespace

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::good: return "good";
    case Standing::warning: return "warning";
    case Standing::bad: return "bad";
    case Standing::unknown: return "unknown";
    case Standing::none: return "none";
  }
  return "unknown";
}

Standing Outcome::overall() const {
  auto any = [&](Standing wanted) {
    std::array areas = {&mx_area, &spf_area, &dkim_area, &dmarc_area};
    return std::ranges::any_of(areas, [&](const Area* a) { return a->standing == wanted; });
  };
  if (any(Standing::bad)) return Standing::bad;
  return any(Standing::unknown) ? Standing::unknown : Standing::good;
}

Outcome check(dns::Resolver& resolver, const dns::Name& domain) {
  Outcome outcome;
  outcome.domain = domain;
  start_questions(resolver, domain);
  outcome.mx = mx::survey(resolver, domain);
  // However much the includes ask for, DMARC and DKIM get their share of the questions.
  dns::Inquiry spf_share(resolver, limits::kSpfQuestions, dns::Inquiry::Clock::time_point::max());
  outcome.spf = spf::survey(spf_share, domain);
  outcome.dmarc = dmarc::discover(resolver, domain);
  outcome.destinations = dmarc::find_destinations(resolver, outcome.dmarc);
  auto includes = include_names(outcome.spf);
  auto exchanges = exchange_names(outcome.mx);
  outcome.dkim = dkim::discover(resolver, domain, dkim::selector_candidates(includes, exchanges));
  for (const auto& name : exchanges) add_best(outcome.providers, provider::by_mx(name));
  for (const auto& name : includes) add_best(outcome.providers, provider::by_spf_include(name));
  outcome.parked = accepts_no_mail(outcome.mx) && authorizes_nobody(outcome.spf);
  judge_mx(outcome);
  judge_spf(outcome);
  judge_dkim(outcome);
  judge_dmarc(outcome);
  finding::sort_by_harm(outcome.findings);
  return outcome;
}

}  // namespace mailtrust::check
