#include "commands/dmarc_report_findings.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/counted.hpp"
#include "base/number.hpp"
#include "commands/report_inputs.hpp"

namespace mailtrust::commands {
namespace {

using finding::Finding;
using report::Standing;

// The sources of one standing: their names, the first few, and what became of their mail.
struct Kind {
  std::size_t sources = 0;
  std::uint64_t messages = 0;
  std::uint64_t failed = 0;
  std::string names;
  std::string action;  // of the first
};

Kind gather(std::span<const Judged> judged, Standing standing) {
  constexpr std::size_t kNamed = 3;
  Kind kind;
  for (const auto& [source, advice] : judged) {
    if (advice.standing != standing) continue;
    kind.messages = report::sum(kind.messages, source->sums.messages);
    kind.failed = report::sum(kind.failed, source->sums.failed());
    if (kind.sources == 0) kind.action = advice.action;
    if (kind.sources++ < kNamed)
      kind.names += (kind.names.empty() ? "" : ", ") + shown_name(*source);
  }
  if (kind.sources > kNamed) kind.names += " and " + grouped(kind.sources - kNamed) + " more";
  return kind;
}

// What to do is told of one; of several it stands beside each.
std::string hint(const Kind& kind) {
  return kind.sources == 1 ? kind.action : "what to do stands beside each source";
}

std::optional<Finding> own(std::span<const Judged> judged, const std::string& domain) {
  auto kind = gather(judged, Standing::own);
  if (kind.sources == 0) return std::nullopt;
  return finding::make("report.own-fails", domain,
                       counted(kind.failed, "message") + " of your own fail: " + kind.names,
                       hint(kind));
}

std::optional<Finding> unaligned(std::span<const Judged> judged, const std::string& domain) {
  auto kind = gather(judged, Standing::unaligned);
  if (kind.sources == 0) return std::nullopt;
  return finding::make(
      "report.unaligned", domain,
      counted(kind.failed, "message") + " without your domain's SPF or DKIM: " + kind.names,
      hint(kind));
}

std::optional<Finding> spf_alone(std::span<const Judged> judged, const std::string& domain) {
  auto kind = gather(judged, Standing::half);
  if (kind.sources == 0) return std::nullopt;
  return finding::make("report.spf-alone", domain, "passes by SPF alone: " + kind.names,
                       hint(kind));
}

std::optional<Finding> unresolved(std::span<const Judged> judged, const std::string& domain) {
  std::uint64_t sources = 0;
  for (const auto& [source, advice] : judged)
    if (source->speaker.unresolved && advice.standing == Standing::unclear) ++sources;
  if (sources == 0) return std::nullopt;
  return finding::make(
      "report.unresolved", domain,
      "DNS did not tell the names of " + counted(sources, "source") + ", which may be yours",
      "ask again");
}

std::optional<Finding> overridden(std::span<const Judged> judged, const std::string& domain) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"forwarded", "sampled out", "trusted forwarder", "mailing list", "local policy", "other"});
  report::Sums all;
  for (const auto& [source, advice] : judged) all += source->sums;
  std::string words;
  for (std::size_t i = 0; i < report::kOverrides; ++i) {
    if (all.overridden.at(i) == 0) continue;
    words += (words.empty() ? "" : ", ") + std::string(kNames.at(i)) + ' ' +
             grouped(all.overridden.at(i));
  }
  if (words.empty()) return std::nullopt;
  return finding::make("report.overridden", domain,
                       "of those that failed, reporters treated some otherwise than the policy "
                       "says: " +
                           words);
}

}  // namespace

std::string shown_name(const report::Source& source) {
  const auto& who = source.speaker.who;
  auto addresses = net::Prefix::read(who) ? source.addresses.busiest()
                                          : std::vector<report::AddressCounts::Count>{};
  return addresses.size() == 1 ? to_string(addresses.front().first) : who;
}

std::vector<Judged> judge_sources(std::span<const report::Source> sources, std::string_view domain,
                                  const report::Selectors& selectors) {
  std::vector<Judged> judged;
  judged.reserve(sources.size());
  for (const auto& source : sources)
    judged.push_back({&source, report::advise(source, domain, selectors)});
  std::ranges::sort(judged, [](const Judged& a, const Judged& b) {
    if (a.advice.standing != b.advice.standing) return a.advice.standing < b.advice.standing;
    bool a_is_rest = a.source->speaker.who == report::kOtherSources;
    bool b_is_rest = b.source->speaker.who == report::kOtherSources;
    if (a_is_rest != b_is_rest) return b_is_rest;
    if (a.source->sums.messages != b.source->sums.messages)
      return a.source->sums.messages > b.source->sums.messages;
    return a.source->speaker.who < b.source->speaker.who;
  });
  return judged;
}

std::vector<Finding> source_findings(std::span<const Judged> sources, const std::string& domain) {
  std::vector<Finding> findings;
  for (auto* one : {own, unaligned, spf_alone, unresolved, overridden})
    if (auto finding = one(sources, domain)) findings.push_back(std::move(*finding));
  return findings;
}

std::vector<Finding> findings_beside_table(std::span<const Judged> sources,
                                           const std::string& domain) {
  std::vector<Finding> findings;
  for (auto* one : {unresolved, overridden})
    if (auto finding = one(sources, domain)) findings.push_back(std::move(*finding));
  return findings;
}

cli::Verdict source_verdict(std::span<const Judged> sources) {
  auto verdict = cli::Verdict::good;
  for (const auto& [source, advice] : sources) {
    if (report::to_mend(advice.standing)) return cli::Verdict::bad;
    if (source->speaker.unresolved && advice.standing == Standing::unclear)
      verdict = cli::Verdict::unknown;
  }
  return verdict;
}

}  // namespace mailtrust::commands
