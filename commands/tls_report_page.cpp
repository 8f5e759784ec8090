#include "commands/tls_report_page.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"
#include "base/packed_text.hpp"
#include "commands/dmarc_report_page.hpp"
#include "report/tls_results.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;
using report::TlsDomain;
using report::TlsTrouble;
using Kind = cli::Style::Kind;

using Trouble = std::pair<const std::pair<std::string, std::string>*, const TlsTrouble*>;

std::uint64_t all(const report::Sessions& sessions) {
  return report::sum(sessions.success, sessions.failure);
}

std::string name_of(const TlsDomain& domain) {
  return domain.domain.empty() ? "(no domain)" : domain.domain;
}

std::string headline(const TlsDomain& domain) {
  auto sessions = counted(all(domain.sessions), "session");
  if (all(domain.sessions) == 0) return name_of(domain) + ": no sessions reported";
  if (domain.sessions.failure == 0) return name_of(domain) + ": all " + sessions + " had TLS";
  return name_of(domain) + ": " + grouped(domain.sessions.failure) + " of " + sessions +
         " failed for TLS";
}

std::string about(const TlsDomain& domain) {
  auto text =
      counted(domain.reports, "report") + " from " + counted(domain.reporters.size(), "reporter");
  auto days = days_text(domain.first, domain.last);
  return days.empty() ? text : text + ", " + days;
}

std::vector<Trouble> troubles_of(const TlsDomain& domain) {
  std::vector<Trouble> troubles;
  for (const auto& [key, trouble] : domain.troubles) troubles.emplace_back(&key, &trouble);
  std::ranges::stable_sort(troubles, std::ranges::greater(),
                           [](const Trouble& each) { return each.second->sessions; });
  return troubles;
}

std::string action_of(const std::string& type) {
  const auto* result = report::tls_result(type);
  if (result == nullptr) return "no type of RFC 8460: ask the reporter";
  return std::string(result->meaning) + "; " + std::string(result->action);
}

std::string senders_of(const TlsTrouble& trouble) {
  constexpr std::size_t kNamed = 3;
  std::string text;
  std::size_t count = 0;
  for (const auto& [address, sessions] : trouble.senders)
    if (count++ < kNamed) text += (text.empty() ? "" : ", ") + address;
  if (count > kNamed) text += " and " + grouped(count - kNamed) + " more";
  return text;
}

void add_troubles(cli::Report& page, const TlsDomain& domain) {
  Value::Array rows;
  for (const auto& [key, trouble] : troubles_of(domain))
    rows.emplace_back(Value::Object{{"type", key->first},
                                    {"host", key->second},
                                    {"sessions", count_value(trouble->sessions)},
                                    {"senders", senders_of(*trouble)},
                                    {"code", trouble->code},
                                    {"shown", rows.size() < kRowsShown}});
  std::string more;
  if (rows.size() > kRowsShown)
    more = counted(rows.size() - kRowsShown, "more row") + " (-v shows them)";
  page.field("failures", std::move(rows),
             {.kind = Kind::table,
              .label = "what failed",
              .columns = {"type:result", "host:at", "sessions", "senders:from", "code"},
              .only = "shown"})
      .field("more", std::move(more), {.label = "and"});
}

// What each result means, the most frequent first.
void add_meanings(cli::Report& page, const TlsDomain& domain) {
  std::vector<std::string> lines;
  std::set<std::string> seen;
  for (const auto& [key, trouble] : troubles_of(domain))
    if (seen.size() < kRowsShown && seen.insert(key->first).second)
      lines.push_back(key->first + ": " + action_of(key->first));
  page.field("meanings", Value::list(lines), {.kind = Kind::items, .label = "what to do"});
}

const std::map<std::string, report::Sessions>& rows_of(const TlsDomain& domain, TlsPart part) {
  switch (part) {
    case TlsPart::policy: return domain.by_policy;
    case TlsPart::reporter: return domain.by_reporter;
    case TlsPart::day: return domain.by_day;
  }
  return domain.by_policy;
}

void add_rows(cli::Report& page, const TlsDomain& domain, TlsPart part) {
  Value::Array rows;
  for (const auto& [name, sessions] : rows_of(domain, part))
    rows.emplace_back(Value::Object{{"name", name},
                                    {"sessions", count_value(all(sessions))},
                                    {"failed", count_value(sessions.failure)}});
  std::string heading = part == TlsPart::policy ? "policy"
                        : part == TlsPart::day  ? "day"
                                                : "reporter";
  page.field("rows", std::move(rows),
             {.kind = Kind::table,
              .label = "by " + heading,
              .columns = {"name:" + heading, "sessions", "=sessions:", "failed"}});
}

Value failure_value(const report::TlsFailure& failure) {
  return Value::Object{{"result_type", text_value(failure.result_type)},
                       {"count", count_value(failure.sessions)},
                       {"sending_mta_ip", text_value(failure.sending_mta_ip)},
                       {"receiving_mx_hostname", text_value(failure.receiving_mx)},
                       {"receiving_mx_helo", text_value(failure.receiving_mx_helo)},
                       {"receiving_ip", text_value(failure.receiving_ip)},
                       {"additional_information", text_value(failure.information)},
                       {"failure_reason_code", text_value(failure.code)}};
}

// Written as they come: as trees, half a million of them would take 1 GB.
Value failures_value(const report::TlsPolicy& policy) {
  constexpr std::size_t kMost = 4U << 20;
  std::shared_ptr<PackedText> head;
  std::string json = "[";
  std::string piece;
  for (const auto& failure : policy.failures) {
    if (&failure != policy.failures.data()) json += ',';
    piece.clear();
    cli::append_json(piece, failure_value(failure));
    json += piece;
    if (json.size() <= kMost) continue;
    if (!head) head = std::make_shared<PackedText>();
    head->add(json);
    json.clear();
  }
  json += ']';
  if (head) head->finish();
  return cli::Rendered{std::move(json), std::move(head)};
}

finding::Finding failed(const std::string& where, std::uint64_t sessions,
                        const std::string& worst) {
  return finding::make("report.tls-failed", where,
                       counted(sessions, "session") + " failed" +
                           (worst.empty() ? "" : ", most of them by " + quote(worst)),
                       worst.empty() ? std::string() : action_of(worst));
}

std::string worst_of(const report::TlsReport& report) {
  const report::TlsFailure* worst = nullptr;
  for (const auto& policy : report.policies)
    for (const auto& failure : policy.failures)
      if (worst == nullptr || failure.sessions > worst->sessions) worst = &failure;
  return worst == nullptr ? std::string() : worst->result_type;
}

}  // namespace

cli::Report tls_page(const TlsDomain& domain, TlsPart part, bool verbose) {
  cli::Report page;
  page.field("domain", name_of(domain), {.kind = Kind::title, .label = headline(domain)})
      .field("reports", about(domain));
  add_rows(page, domain, part);
  add_troubles(page, domain);
  add_meanings(page, domain);
  if (verbose) page.field("reporters", Value::list(domain.reporters), {.kind = Kind::line});
  auto troubles = troubles_of(domain);
  if (domain.sessions.failure == 0) return std::move(page.judge(cli::Verdict::good));
  auto worst = troubles.empty() ? std::string() : troubles.front().first->first;
  page.finding(failed(domain.domain, domain.sessions.failure, worst)).judge(cli::Verdict::bad);
  return page;
}

void add_tls_report(cli::Report& answer, const report::TlsReport& report,
                    const ReportInputs& inputs, const std::string& name) {
  Value::Array policies;
  std::uint64_t failures = 0;
  for (const auto& policy : report.policies) {
    if (!inputs.wants_domain(policy.domain)) continue;
    failures = report::sum(failures, policy.failure);
    policies.emplace_back(Value::Object{{"policy_type", text_value(policy.type)},
                                        {"policy_domain", text_value(policy.domain)},
                                        {"success", count_value(policy.success)},
                                        {"failure", count_value(policy.failure)},
                                        {"failures", failures_value(policy)},
                                        {"policy_string", Value::list(policy.text)},
                                        {"mx_host", Value::list(policy.mx_hosts)}});
  }
  answer.json("kind", "tls")
      .json("org", text_value(report.org))
      .json("report_id", text_value(report.report_id))
      .json("contact", text_value(report.contact))
      .json("begin", moment_value(report.begin))
      .json("end", moment_value(report.end))
      .json("policies", std::move(policies))
      .judge(failures > 0 ? cli::Verdict::bad : cli::Verdict::good);
  if (failures > 0) answer.finding(failed(name, failures, worst_of(report)));
}

}  // namespace mailtrust::commands
