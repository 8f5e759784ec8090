#include "commands/bounce_report_words.hpp"

#include <cmath>

#include "base/number.hpp"
#include "bounce/advice.hpp"
#include "commands/bounce_words.hpp"
#include "delivery/week.hpp"

namespace mailtrust::commands {
namespace {

using delivery::Summary;
using delivery::Sums;

double percent_of(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
}

std::uint64_t failed(const Sums& sums) {
  return sums.hard + sums.soft + sums.unknown;
}

// "last week", "so far this week", "in the week of 2026-11-09"
std::string week_words(const Summary& summary, std::int64_t now) {
  auto week = *summary.week;
  auto current = delivery::week_of(now);
  if (week == current) return "so far this week";
  if (week == current - delivery::kWeek) return "last week";
  return "in the week of " + delivery::date_name(week);
}

// "mostly bad_mailbox, mostly at example.net": more than half of them
std::string cause_words(const Summary& summary) {
  bool hard = summary.latest.hard > 0;
  auto weight = [&](const Sums& sums) { return hard ? sums.hard : failed(sums); };
  std::string words;
  for (const auto& [reason, sums] : summary.reasons)
    if (weight(sums) * 2 > weight(summary.latest))
      words = "mostly " + std::string(to_string(reason));
  if (summary.domain.empty()) return words;
  return words + (words.empty() ? "mostly at " : ", mostly at ") + summary.domain;
}

std::string rate_words(const Summary& summary, std::int64_t now) {
  const auto& sums = summary.latest;
  bool hard = sums.hard > 0;
  auto percent = [&](const Sums& of) {
    return percent_text(percent_of(hard ? of.hard : failed(of), of.sent())) + " %";
  };
  auto out = percent(sums) + " of " + grouped(sums.sent()) +
             (hard ? " bounced hard " : " bounced, none of them hard, ") + week_words(summary, now);
  if (summary.before && summary.before->sent() > 0)
    out += ", " + percent(*summary.before) + " the week before";
  auto cause = cause_words(summary);
  return cause.empty() ? out : out + ": " + cause;
}

std::string last_week_words(const Summary& summary, std::int64_t now) {
  if (!summary.week) return "nothing was sent, as far as these files tell";
  const auto& sums = summary.latest;
  auto when = week_words(summary, now);
  if (sums.sent() == 0 && sums.deferred > 0)
    return "nothing came to an end " + when + "; " + grouped(sums.deferred) +
           " attempts were put off";
  if (sums.sent() == 0)
    return grouped(sums.complaints) + (sums.complaints == 1 ? " complaint " : " complaints ") +
           when;
  if (failed(sums) == 0) return "all of " + grouped(sums.sent()) + " arrived " + when;
  return rate_words(summary, now);
}

// What is put off for these goes on until somebody acts; all else may pass by itself.
bool stays(bounce::Family family) {
  using bounce::Family;
  return family == Family::reputation || family == Family::authentication || family == Family::rate;
}

std::string reason_advice(bounce::Reason reason, const Sums& sums) {
  auto advice = bounce::advise(reason);
  if (failed(sums) == 0 && !stays(family_of(reason))) {
    advice.what_to_do = "Wait: your server tries again by itself.";
    advice.checks.clear();
  }
  std::string count =
      failed(sums) > 0 ? grouped(failed(sums)) + " failed" : grouped(sums.deferred) + " put off";
  auto out = std::string(to_string(reason)) + " (" + std::string(bounce_reason(reason)) + "), " +
             count + ": " + advice.what_to_do;
  if (!advice.checks.empty()) out += " Check: " + advice.checks.front();
  return out;
}

bool tells_something(bounce::Reason reason, const Sums& sums) {
  return reason != bounce::Reason::complaint && failed(sums) + sums.deferred > 0;
}

}  // namespace

std::string percent_text(double percent) {
  auto tenths = std::llround(percent * 10);
  if (tenths == 0 && percent > 0) return "under 0.1";
  auto text = std::to_string(tenths / 10);
  return tenths % 10 == 0 ? text : text + '.' + std::to_string(tenths % 10);
}

double hard_percent(const Sums& sums) {
  constexpr double kDigits = 100;
  return std::round(percent_of(sums.hard, sums.sent()) * kDigits) / kDigits;
}

std::string change_text(const Sums& sums, const std::optional<Sums>& before) {
  if (!before) return {};
  auto was = static_cast<std::int64_t>(before->hard);
  auto change = static_cast<std::int64_t>(sums.hard) - was;
  if (change == 0) return "as before";
  auto sign = [](std::int64_t number) { return number > 0 ? "+" : "-"; };
  auto size = [](std::int64_t number) {
    return grouped(static_cast<std::uint64_t>(number < 0 ? -number : number));
  };
  auto out = sign(change) + size(change);
  if (was == 0) return out;
  auto percent = std::llround(
      percent_of(static_cast<std::uint64_t>(std::abs(change)), static_cast<std::uint64_t>(was)));
  return out + " (" + sign(change) + size(percent) + " %)";
}

std::string report_headline(const Summary& summary, std::int64_t now) {
  auto out = last_week_words(summary, now);
  if (!summary.running || summary.running->sent() == 0) return out;
  const auto& sums = *summary.running;
  return out + "; so far this week " + percent_text(percent_of(sums.hard, sums.sent())) +
         " % hard of " + grouped(sums.sent());
}

std::vector<std::string> report_advice(const BounceReportOptions& options,
                                       const BounceReportResult& result) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> out;
  for (const auto& [reason, sums] : result.summary.reasons)
    if (out.size() < kMost && tells_something(reason, sums))
      out.push_back(reason_advice(reason, sums));
  auto complaints = result.summary.latest.complaints;
  if (complaints > 0)
    out.push_back(grouped(complaints) + (complaints == 1 ? " person" : " people") +
                  " complained: take whoever did off your lists at once, and look at how they "
                  "came there.");
  if (result.hard_addresses > 0 && options.suppression.empty())
    out.push_back(grouped(result.hard_addresses) +
                  (result.hard_addresses == 1 ? " address" : " addresses") +
                  " will never work: --suppression FILE writes them to a list, with the reasons.");
  return out;
}

std::string suppression_text(const std::string& file, const delivery::Suppression& list) {
  auto out = file + ": " + grouped(list.added.size()) + " added";
  if (!list.promoted.empty())
    out += " (" + grouped(list.promoted.size()) + " that only failed softly, week after week)";
  out += ", " + grouped(list.kept) + " there before";
  if (!list.removed.empty())
    out += ", " + grouped(list.removed.size()) + " taken out, as they take mail again";
  if (!list.cleared.empty())
    out += ", " + grouped(list.cleared.size()) + " left out, as they took mail since they failed";
  if (list.unfit > 0) out += ", " + grouped(list.unfit) + " that no list can hold";
  return out;
}

}  // namespace mailtrust::commands
