#include "commands/bounce_report_answer.hpp"

#include <utility>
#include <vector>

#include "base/counted.hpp"
#include "base/number.hpp"
#include "commands/bounce_report_rows.hpp"
#include "commands/bounce_report_words.hpp"
#include "delivery/week.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;
using Kind = cli::Style::Kind;

void add_suppression(cli::Report& report, const std::string& file,
                     const delivery::Suppression& list) {
  report.json("suppression", Value::Object{{"file", file},
                                           {"added", Value::list(list.added)},
                                           {"promoted", Value::list(list.promoted)},
                                           {"removed", Value::list(list.removed)},
                                           {"cleared", Value::list(list.cleared)},
                                           {"kept", list.kept},
                                           {"unfit", list.unfit}});
  report.field("suppression_summary", suppression_text(file, list), {.label = "suppressed"});
}

Value mails_value(const delivery::MailCounts& mails) {
  return Value::Object{{"bounces", mails.bounces},           {"delayed", mails.delayed},
                       {"delivered", mails.delivered},       {"complaints", mails.complaints},
                       {"auto_replies", mails.auto_replies}, {"others", mails.others},
                       {"repeated", mails.repeated}};
}

Value read_value(const BounceReportResult& result) {
  const auto& lines = result.lines;
  return Value::Object{{"logs", result.logs},
                       {"mail_files", result.mail_files},
                       {"empty_files", result.empty_files},
                       {"unreadable", result.unreadable},
                       {"lines", lines.lines},
                       {"understood", lines.understood},
                       {"foreign", lines.foreign},
                       {"damaged", lines.damaged},
                       {"mails", mails_value(result.mails)},
                       {"told_twice", result.paired},
                       {"addresses_forgotten", result.nameless}};
}

Value errors_value(const std::vector<Error>& errors) {
  Value::Array array;
  for (const auto& error : errors)
    array.emplace_back(Value::Object{
        {"kind", to_string(error.kind)}, {"where", error.where}, {"message", error.message}});
  return array;
}

std::uint64_t mails_of(const delivery::MailCounts& mails) {
  return mails.bounces + mails.delayed + mails.delivered + mails.complaints + mails.auto_replies +
         mails.others;
}

// "3 logs (12,000 lines, 4 of them damaged) and 12 mails; 3 failures told by both count once"
std::string read_text(const BounceReportResult& result) {
  std::string out;
  if (result.logs > 0) {
    out = counted(result.logs, "log") + " (" + counted(result.lines.lines, "line");
    if (result.lines.foreign > 0)
      out += ", " + grouped(result.lines.foreign) + " of other programs";
    if (result.lines.damaged > 0) out += ", " + grouped(result.lines.damaged) + " not understood";
    out += ')';
  }
  if (mails_of(result.mails) > 0)
    out += (out.empty() ? "" : " and ") + counted(mails_of(result.mails), "mail");
  if (result.mails.others > 0) out += " (" + grouped(result.mails.others) + " of them ordinary)";
  if (out.empty()) out = result.unreadable > 0 ? "nothing" : "nothing new";
  if (result.mails.repeated > 0)
    out += "; " + grouped(result.mails.repeated) + " told again, not counted again";
  if (result.paired > 0)
    out += "; " + grouped(result.paired) + " told by mail and log, counted once";
  return out;
}

// Of files that cannot be read nothing is known: that is not the same as no mail.
bool was_nothing_read(const BounceReportResult& result) {
  return result.unreadable > 0 && !result.summary.week && result.lines.lines == 0 &&
         mails_of(result.mails) == 0;
}

cli::Verdict verdict_of(const BounceReportOptions& options, const BounceReportResult& result) {
  if (result.unreadable > 0) return cli::Verdict::unusable;
  bool alarms = options.alert && result.summary.finished && result.summary.latest.sent() > 0 &&
                hard_percent(result.summary.latest) > *options.alert;
  return alarms ? cli::Verdict::bad : cli::Verdict::good;
}

}  // namespace

cli::Report bounce_report(const BounceReportOptions& options, const BounceReportResult& result,
                          std::int64_t now) {
  const auto& summary = result.summary;
  cli::Report report;
  report.field("headline",
               was_nothing_read(result) ? "nothing could be read" : report_headline(summary, now),
               {.kind = Kind::title});
  auto advice = report_advice(options, result);
  report
      .field("advice", Value::list(advice),
             {.kind = advice.empty() ? Kind::hidden : Kind::items, .label = "what to do"})
      .json("by", to_string(summary.by));
  add_report_rows(report, summary, now);
  report.json("totals", report_sums(summary.total))
      .json("week", summary.week ? Value(delivery::week_name(*summary.week)) : Value())
      .json("latest", summary.week ? report_sums(summary.latest, summary.week) : Value())
      .json("before",
            summary.week ? report_sums(summary.before, *summary.week - delivery::kWeek) : Value())
      .json("hard_addresses", result.hard_addresses);
  if (result.suppression) add_suppression(report, options.suppression, *result.suppression);
  report.json("read", read_value(result)).json("errors", errors_value(result.errors));
  report.field("source", read_text(result), {.label = "read"});
  return report.judge(verdict_of(options, result));
}

}  // namespace mailtrust::commands
