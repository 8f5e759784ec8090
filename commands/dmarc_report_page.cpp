#include "commands/dmarc_report_page.hpp"

#include <algorithm>
#include <utility>

#include "base/counted.hpp"
#include "base/number.hpp"
#include "commands/dmarc_report_findings.hpp"
#include "commands/report_inputs.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;
using report::DomainSources;
using report::Part;
using report::Sums;
using Kind = cli::Style::Kind;

std::string name_of(const DomainSources& domain) {
  return domain.domain.empty() ? "(no domain)" : domain.domain;
}

std::string last_policy(const DomainSources& domain) {
  const report::SeenPolicy* newest = nullptr;
  for (const auto& policy : domain.policies)
    if (newest == nullptr || policy.last > newest->last) newest = &policy;
  return newest == nullptr ? std::string() : newest->text;
}

bool rejects(const DomainSources& domain) {
  auto policy = last_policy(domain);
  return policy == "p=reject" || policy.starts_with("p=reject ");
}

std::string headline(const DomainSources& domain) {
  auto failed = domain.sums.failed();
  auto messages = counted(domain.sums.messages, "message");
  auto name = name_of(domain) + ": ";
  if (domain.sums.messages == 0) return name + "no messages reported";
  if (failed == 0 && domain.sums.messages == 1) return name + "the one message passed";
  if (failed == 0) return name + "all " + messages + " passed";
  if (rejects(domain)) return name + grouped(failed) + " of " + messages + " failed under p=reject";
  return name + "with p=reject " + grouped(failed) + " of " + messages + " would have been refused";
}

std::string about(const DomainSources& domain) {
  auto text =
      counted(domain.reports, "report") + " from " + counted(domain.reporters.size(), "reporter");
  auto days = days_text(domain.first, domain.last);
  return days.empty() ? text : text + ", " + days;
}

bool is_foreign(const Judged& each) {
  return each.advice.standing == report::Standing::foreign;
}

bool is_rest(const Judged& each) {
  return each.source->speaker.who == report::kOtherSources;
}

// "254 from 192.0.2.1 (not yours)", "9,999 from 300 sources that are not yours".
std::string foreign_refusals(const std::vector<const Judged*>& foreign, std::uint64_t messages) {
  auto text = grouped(messages) + " from ";
  if (foreign.size() == 1) return text + shown_name(*foreign.front()->source) + " (not yours)";
  if (std::ranges::any_of(foreign, [](const auto* each) { return is_rest(*each); }))
    text += "more than ";
  return text + counted(foreign.size(), "source") + " that are not yours";
}

// What p=reject would refuse, and of whom.
std::string refusals(const std::vector<Judged>& judged) {
  constexpr std::size_t kNamed = 5;
  std::vector<const Judged*> failing;
  std::vector<const Judged*> foreign;
  std::uint64_t of_foreign = 0;
  for (const auto& each : judged) {
    if (each.source->sums.failed() == 0) continue;
    (is_foreign(each) ? foreign : failing).push_back(&each);
    if (is_foreign(each)) of_foreign = report::sum(of_foreign, each.source->sums.failed());
  }
  std::ranges::stable_sort(failing, std::ranges::greater(),
                           [](const auto* each) { return each->source->sums.failed(); });
  std::string text;
  for (std::size_t i = 0; i < failing.size() && i < kNamed; ++i)
    text += (i == 0 ? "" : ", ") + grouped(failing[i]->source->sums.failed()) + " from " +
            shown_name(*failing[i]->source);
  if (failing.size() > kNamed) text += ", and " + counted(failing.size() - kNamed, "more source");
  if (!foreign.empty()) text += (text.empty() ? "" : "; ") + foreign_refusals(foreign, of_foreign);
  return text;
}

Value::Object sums_row(std::string name, const Sums& sums, bool shown) {
  return {{"name", std::move(name)},
          {"messages", count_value(sums.messages)},
          {"dkim", count_value(sums.by_dkim)},
          {"spf", count_value(sums.by_spf)},
          {"failed", count_value(sums.failed())},
          {"refused", count_value(sums.refused)},
          {"shown", shown}};
}

// "and 12 more with 34 messages (-v)"; the rows left out begin at kRowsShown.
template <typename Rows>
std::string rest_of(const Rows& rows, bool verbose) {
  if (verbose || rows.size() <= kRowsShown) return {};
  std::uint64_t messages = 0;
  for (std::size_t i = kRowsShown; i < rows.size(); ++i)
    messages = report::sum(messages, rows[i].messages);
  return grouped(rows.size() - kRowsShown) + " more rows with " + counted(messages, "message") +
         " (-v shows them)";
}

struct Line {
  std::string name;
  std::uint64_t messages = 0;
  Sums sums;
  std::string action;
};

void add_lines(cli::Report& page, const std::vector<Line>& lines, const std::string& heading,
               bool verbose) {
  Value::Array rows;
  for (const auto& line : lines) {
    if (!verbose && rows.size() >= kRowsShown) break;
    auto row = sums_row(line.name, line.sums, rows.size() < kRowsShown);
    row.emplace_back("action", line.action);
    rows.emplace_back(std::move(row));
  }
  page.field("rows", std::move(rows),
             {.kind = Kind::table,
              .label = heading + "s",
              .columns = {"name:" + heading, "messages", "=messages:", "dkim:by DKIM", "spf:by SPF",
                          "failed", "action:what to do"},
              .only = "shown"})
      .field("more", rest_of(lines, verbose), {.label = "and"});
}

Line line_of(const Judged& each) {
  const auto& sums = each.source->sums;
  return {shown_name(*each.source), sums.messages, sums, each.advice.action};
}

// Those that are not the domain's all mean the same: the busiest few, and the rest in one row.
std::vector<Line> source_lines(const std::vector<Judged>& judged, bool verbose) {
  constexpr std::ptrdiff_t kForeignShown = 3;
  bool gathers = !verbose && std::ranges::count_if(judged, is_foreign) > kForeignShown + 1;
  std::vector<Line> lines;
  std::ptrdiff_t shown = 0;
  std::size_t gathered = 0;
  std::size_t place = 0;
  for (const auto& each : judged) {
    bool is_own_row = !gathers || !is_foreign(each) || (!is_rest(each) && shown < kForeignShown);
    if (is_own_row) {
      if (is_foreign(each)) ++shown;
      lines.push_back(line_of(each));
    } else if (gathered++ == 0) {
      place = lines.size();
      lines.push_back(line_of(each));
    } else {
      lines[place].sums += each.source->sums;
    }
  }
  if (gathered == 0) return lines;
  lines[place].name = grouped(gathered) + " others";
  lines[place].messages = lines[place].sums.messages;
  lines[place].action += " (-v shows each)";
  return lines;
}

// Days in their order, reporters by messages.
std::vector<Line> part_lines(const DomainSources& domain, Part part) {
  std::vector<Line> lines;
  for (const auto& [name, sums] : domain.parts) lines.push_back({name, sums.messages, sums, {}});
  if (part == Part::reporter)
    std::ranges::stable_sort(lines, std::ranges::greater(), &Line::messages);
  return lines;
}

void add_addresses(cli::Report& page, const std::vector<Judged>& judged) {
  constexpr std::size_t kMostRows = 1000;
  Value::Array rows;
  std::uint64_t left_out = 0;
  for (const auto& [source, advice] : judged) {
    left_out = report::sum(left_out, source->addresses.others());
    for (const auto& [address, messages] : source->addresses.busiest())
      if (rows.size() < kMostRows)
        rows.emplace_back(Value::Object{{"source", shown_name(*source)},
                                        {"address", to_string(address)},
                                        {"messages", count_value(messages)}});
      else
        left_out = report::sum(left_out, messages);
  }
  page.field("addresses", std::move(rows),
             {.kind = Kind::table, .columns = {"address", "messages", "source"}});
  if (left_out > 0)
    page.field("more_addresses",
               "others, with " + counted(left_out, "message") + " (--csv or --json has them)",
               {.label = "and"});
}

// Policies that were seen over the same time.
bool differ(const report::SeenPolicy& a, const report::SeenPolicy& b) {
  return a.first && a.last && b.first && b.last && *a.first < *b.last && *b.first < *a.last;
}

void add_policies(cli::Report& page, const DomainSources& domain,
                  std::vector<finding::Finding>& findings) {
  if (domain.policies.size() < 2) {
    page.field("policy", last_policy(domain), {.label = "published"});
    return;
  }
  Value::Array rows;
  bool differs = false;
  for (const auto& policy : domain.policies) {
    for (const auto& other : domain.policies)
      differs = differs || (&other != &policy && differ(policy, other));
    std::string reporters = *policy.reporters.begin();
    if (policy.reporters.size() > 1)
      reporters += " and " + grouped(policy.reporters.size() - 1) + " more";
    rows.emplace_back(Value::Object{{"policy", policy.text},
                                    {"seen", days_text(policy.first, policy.last)},
                                    {"reports", count_value(policy.reports)},
                                    {"reporters", std::move(reporters)}});
  }
  page.field("policies", std::move(rows),
             {.kind = Kind::table,
              .label = "published, as reporters saw it",
              .columns = {"policy", "seen", "reports", "reporters:by"}});
  if (differs)
    findings.push_back(
        finding::make("report.policy-differs", domain.domain,
                      "reporters saw different policies over the same time",
                      "see what is published: mailtrust dmarc check " + domain.domain));
}

}  // namespace

cli::Report domain_page(const DomainSources& domain, Part part, bool verbose) {
  auto judged = judge_sources(domain.sources, domain.domain, domain.selectors);
  cli::Report page;
  page.field("domain", name_of(domain), {.kind = Kind::title, .label = headline(domain)})
      .field("reports", about(domain));
  auto findings = part == Part::source ? findings_beside_table(judged, domain.domain)
                                       : source_findings(judged, domain.domain);
  add_policies(page, domain, findings);
  if (part == Part::source) {
    page.field("refused", refusals(judged),
               {.label = rejects(domain) ? "failed" : "p=reject refuses"});
    add_lines(page, source_lines(judged, verbose), "source", verbose);
  } else {
    add_lines(page, part_lines(domain, part), part == Part::day ? "day" : "reporter", verbose);
  }
  if (verbose) add_addresses(page, judged);
  page.findings(std::move(findings)).judge(source_verdict(judged));
  return page;
}

cli::Report domains_page(const std::vector<const DomainSources*>& domains, bool verbose) {
  cli::Report page;
  std::vector<Line> lines;
  for (const auto* domain : domains) {
    auto judged = judge_sources(domain->sources, domain->domain, domain->selectors);
    auto mend = std::ranges::count_if(
        judged, [](const Judged& each) { return report::to_mend(each.advice.standing); });
    auto action = mend == 0 ? std::string()
                            : counted(static_cast<std::uint64_t>(mend), "source") +
                                  " to mend: --domain " + domain->domain;
    lines.push_back({name_of(*domain), domain->sums.messages, domain->sums, std::move(action)});
  }
  page.field("domains", count_value(domains.size()),
             {.kind = Kind::title, .label = counted(domains.size(), "domain")});
  add_lines(page, lines, "domain", verbose);
  return std::move(page.judge(domains_verdict(domains)));
}

cli::Verdict domains_verdict(const std::vector<const DomainSources*>& domains) {
  auto verdict = cli::Verdict::good;
  for (const auto* domain : domains) {
    auto one = source_verdict(judge_sources(domain->sources, domain->domain, domain->selectors));
    if (one == cli::Verdict::bad || verdict == cli::Verdict::good) verdict = one;
  }
  return verdict;
}

}  // namespace mailtrust::commands
