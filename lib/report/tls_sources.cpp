#include "report/tls_sources.hpp"

#include <algorithm>
#include <tuple>

#include "report/sources.hpp"

namespace mailtrust::report {
namespace {

std::string reporter_of(const TlsReport& report) {
  return report.org.empty() ? std::string("unknown") : report.org;
}

template <typename Map, typename Key>
auto& at_most(Map& map, const Key& key, const Key& rest) {
  return map.size() < TlsSources::kMost || map.contains(key) ? map[key] : map[rest];
}

void add_name(std::set<std::string>& names, const std::string& name) {
  if (names.size() < TlsSources::kMost) names.insert(name);
}

std::string host_of(const TlsFailure& failure) {
  if (!failure.receiving_mx.empty()) return failure.receiving_mx;
  return failure.receiving_ip;
}

void add_failure(TlsDomain& domain, const TlsFailure& failure, const std::string& reporter) {
  const std::string rest = "(others)";
  std::pair key(failure.result_type, host_of(failure));
  auto& trouble = at_most(domain.troubles, key, std::pair(rest, rest));
  trouble.sessions = sum(trouble.sessions, failure.sessions);
  if (!failure.sending_mta_ip.empty()) {
    auto& sender = at_most(trouble.senders, failure.sending_mta_ip, rest);
    sender = sum(sender, failure.sessions);
  }
  add_name(trouble.reporters, reporter);
  if (trouble.code.empty()) trouble.code = failure.code;
}

bool is_within(const std::string& domain, const std::string& only) {
  if (only.empty() || domain == only) return true;
  return domain.size() > only.size() && domain.ends_with(only) &&
         domain[domain.size() - only.size() - 1] == '.';
}

}  // namespace

Sessions& Sessions::operator+=(const Sessions& more) {
  success = sum(success, more.success);
  failure = sum(failure, more.failure);
  return *this;
}

bool TlsSources::add(const TlsReport& report, const std::string& only) {
  auto key = report.org + '\n' + report.report_id + '\n' +
             std::to_string(report.begin.value_or(0)) + ' ' +
             std::to_string(report.end.value_or(0));
  if (!report.report_id.empty() && !seen_.insert(std::move(key)).second) return false;
  std::set<std::string> counted;
  for (const auto& policy : report.policies) {
    if (!is_within(policy.domain, only)) continue;
    add_policy(report, policy);
    if (counted.insert(policy.domain).second) ++domains_[policy.domain].reports;
  }
  return true;
}

void TlsSources::add_policy(const TlsReport& report, const TlsPolicy& policy) {
  auto& domain = domains_[policy.domain];
  domain.domain = policy.domain;
  auto reporter = reporter_of(report);
  add_name(domain.reporters, reporter);
  if (report.begin && (!domain.first || *report.begin < *domain.first)) domain.first = report.begin;
  if (report.end && (!domain.last || *report.end > *domain.last)) domain.last = report.end;
  Sessions sessions{policy.success, policy.failure};
  const std::string rest = "(others)";
  domain.sessions += sessions;
  at_most(domain.by_policy, policy.type, rest) += sessions;
  at_most(domain.by_reporter, reporter, rest) += sessions;
  at_most(domain.by_day, day_of(report.begin, report.end), rest) += sessions;
  for (const auto& failure : policy.failures) add_failure(domain, failure, reporter);
}

std::vector<const TlsDomain*> TlsSources::domains() const {
  std::vector<const TlsDomain*> list;
  for (const auto& [name, domain] : domains_) list.push_back(&domain);
  std::ranges::stable_sort(list, std::ranges::greater(), [](const auto* domain) {
    return std::tuple(domain->sessions.failure, domain->sessions.success);
  });
  return list;
}

}  // namespace mailtrust::report
