#include "commands/report_inputs.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "commands/list_words.hpp"
#include "commands/message_options.hpp"
#include "complaint/moment.hpp"
#include "dns/name.hpp"
#include "finding/finding.hpp"

namespace mailtrust::commands {
namespace {

constexpr std::int64_t kYear10000 = 253'402'300'800;

bool has_date(const std::optional<std::int64_t>& time) {
  return time && *time >= 0 && *time < kYear10000;
}

std::string date_text(std::int64_t time) {
  constexpr std::size_t kDate = 10;
  return complaint::json_date(time).substr(0, kDate);
}

cli::Setter time_setter(std::string& target) {
  return [&target](std::string_view text) -> Expected<void> {
    if (auto time = parse_past(text, 0); !time) return fail(time.error());
    target = text;
    return {};
  };
}

std::optional<std::int64_t> time_of(const std::string& text, std::int64_t now) {
  if (text.empty()) return std::nullopt;
  auto time = parse_past(text, now);
  return time ? std::optional(*time) : std::nullopt;
}

}  // namespace

void ReportInputs::add_to(cli::Command& command) {
  auto name = [this](std::string_view text) -> Expected<void> {
    auto parsed = dns::Name::parse(text);
    if (!parsed) return fail(parsed.error());
    domain = ascii::to_lower(to_string(*parsed));
    return {};
  };
  auto size = [this](std::string_view text) -> Expected<void> {
    auto parsed = parse_size(text);
    if (!parsed) return fail(parsed.error());
    max_size = *parsed;
    return {};
  };
  command
      .option("--since", "TIME",
              "only reports about a time after TIME: 2026-11-01, a time, or how long ago (7d, 4w)",
              time_setter(since))
      .option("--until", "TIME", "only reports about a time before TIME", time_setter(until))
      .option("--domain", "DOMAIN", "only reports about DOMAIN and the domains below it", name)
      .option("--max-size", "SIZE", "refuse larger files: octets, or with K, M, G (default 32M)",
              size);
}

ReportPeriod ReportInputs::period(std::int64_t now) const {
  return {time_of(since, now), time_of(until, now)};
}

bool ReportPeriod::wants(const std::optional<std::int64_t>& begin,
                         const std::optional<std::int64_t>& end) const {
  auto last = end ? end : begin;
  auto first = begin ? begin : end;
  if (since && last && *last < *since) return false;
  return !until || !first || *first < *until;
}

bool ReportInputs::wants_domain(std::string_view domain_of_report) const {
  if (domain.empty()) return true;
  if (!domain_of_report.ends_with(domain)) return false;
  auto front = domain_of_report.size() - domain.size();
  return front == 0 || domain_of_report[front - 1] == '.';
}

Expected<std::string> read_octets(mailbox::Item& item, std::size_t most) {
  constexpr std::size_t kPiece = 64U << 10;
  std::string octets;
  std::size_t size = 0;
  while (true) {
    octets.resize(size + kPiece);
    auto read = item.octets->read(std::span(octets).subspan(size));
    if (!read) return fail(read.error());
    size += *read;
    if (size > most)
      return fail(Error::Kind::input, name_of(item),
                  "more than " + grouped(most) + " octets, the most of one file (--max-size)");
    if (*read > 0) continue;
    octets.resize(size);
    return octets;
  }
}

cli::Report report_about(const mailbox::Item& item, const std::string& member) {
  cli::Report report;
  report.json("file", item.file);
  if (item.index > 0) report.json("index", item.index);
  if (!member.empty()) report.json("member", member);
  return report;
}

cli::Value moment_value(const std::optional<std::int64_t>& time) {
  if (!time) return {};
  return has_date(time) ? cli::Value(complaint::json_date(*time)) : cli::Value(*time);
}

std::string days_text(const std::optional<std::int64_t>& first,
                      const std::optional<std::int64_t>& last) {
  auto from = has_date(first) ? date_text(*first) : std::string();
  // The end is often the first second of the day after.
  auto to = has_date(last) && *last > 0 ? date_text(*last - 1) : std::string();
  if (from.empty() || to.empty()) return from.empty() ? to : from;
  return from >= to ? from : from + " to " + to;
}

cli::Value count_value(std::uint64_t count) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return std::min(count, kMost);
}

cli::Value text_value(std::string_view text) {
  return text.empty() ? cli::Value() : cli::Value(text);
}

std::vector<finding::Finding> damage(const std::vector<report::Fault>& faults,
                                     const std::string& name) {
  std::vector<finding::Finding> findings;
  for (const auto& fault : faults) {
    auto where = fault.where.empty() ? name : name + ':' + fault.where;
    findings.push_back(finding::make("report.damaged", where, fault.message));
  }
  return findings;
}

}  // namespace mailtrust::commands
