#include "commands/bounce_report_answer.hpp"

#include <utility>

#include "base/csv.hpp"
#include "base/number.hpp"
#include "commands/bounce_report_words.hpp"
#include "delivery/week.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;
using delivery::By;
using delivery::Compared;
using delivery::Summary;
using delivery::Sums;
using Kind = cli::Style::Kind;

constexpr std::size_t kRowsShown = 20;  // -v has them all

void add_sums(Value::Object& object, const Sums& sums) {
  object.emplace_back("sent", sums.sent());
  object.emplace_back("delivered", sums.delivered);
  object.emplace_back("deferred", sums.deferred);
  object.emplace_back("hard", sums.hard);
  object.emplace_back("soft", sums.soft);
  object.emplace_back("unknown", sums.unknown);
  object.emplace_back("complaints", sums.complaints);
  object.emplace_back("hard_percent", hard_percent(sums));
}

Value sums_value(const Sums& sums, const std::optional<std::int64_t>& week = {}) {
  Value::Object object;
  if (week) object.emplace_back("week", delivery::week_name(*week));
  add_sums(object, sums);
  return object;
}

Value sums_value(const std::optional<Sums>& sums, const std::optional<std::int64_t>& week) {
  return sums ? sums_value(*sums, week) : Value();
}

// "2 of 7 days"
std::string days_text(std::int64_t week, std::int64_t now) {
  if (week + delivery::kWeek <= now) return {};
  auto days = now < week ? 0 : (now - week) / delivery::kDay + 1;
  return "so far, day " + std::to_string(days) + " of 7";
}

void add_week(Value::Object& object, const Compared& row, std::int64_t now) {
  bool complete = row.week + delivery::kWeek <= now;
  object.emplace_back("begin", delivery::date_name(row.week));
  object.emplace_back("complete", complete);
  if (!complete) object.emplace_back("remark", days_text(row.week, now));
}

Value::Object row_value(const Summary& summary, const Compared& row, std::int64_t now) {
  Value::Object object;
  object.emplace_back(std::string(to_string(summary.by)), row.key);
  if (summary.by == By::week) add_week(object, row, now);
  add_sums(object, row.sums);
  auto week = summary.by == By::week ? std::optional(row.week) : summary.week;
  if (summary.by != By::week) object.emplace_back("latest", sums_value(row.latest, week));
  auto earlier = week ? std::optional(*week - delivery::kWeek) : std::nullopt;
  object.emplace_back("before", sums_value(row.before, earlier));
  object.emplace_back("change", change_text(row.latest, row.before));
  return object;
}

Value rows_value(const Summary& summary, std::int64_t now) {
  Value::Array rows;
  for (const auto& row : summary.rows) {
    auto object = row_value(summary, row, now);
    bool recent = summary.by == By::week || rows.size() < kRowsShown;
    object.emplace_back("shown", recent);
    rows.emplace_back(std::move(object));
  }
  return rows;
}

std::string table_label(const Summary& summary) {
  if (summary.by == By::week) return "by week";
  auto label = "by " + std::string(to_string(summary.by));
  auto count = summary.rows.size();
  if (count > kRowsShown)
    label += ", the " + std::to_string(kRowsShown) + " of " + grouped(count) +
             " that failed most; -v shows all";
  return label;
}

void add_table(cli::Report& report, const Summary& summary, std::int64_t now) {
  auto key = std::string(to_string(summary.by));
  bool weeks = summary.by == By::week;
  report.field("rows", rows_value(summary, now),
               {.kind = summary.rows.empty() ? Kind::hidden : Kind::table,
                .label = table_label(summary),
                .columns = {key, "sent", "delivered", "deferred", "hard", "soft", "unknown",
                            "complaints", "hard_percent:hard %", "=hard:",
                            weeks ? "change:hard, against the week before"
                                  : "change:hard, last week against before",
                            "remark:"},
                .only = "shown"});
}

Value addresses_value(const std::vector<std::string>& addresses) {
  return Value::list(addresses);
}

void add_suppression(cli::Report& report, const std::string& file,
                     const delivery::Suppression& list) {
  report.json("suppression", Value::Object{{"file", file},
                                           {"added", addresses_value(list.added)},
                                           {"promoted", addresses_value(list.promoted)},
                                           {"removed", addresses_value(list.removed)},
                                           {"cleared", addresses_value(list.cleared)},
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

std::uint64_t mails_of(const delivery::MailCounts& mails) {
  return mails.bounces + mails.delayed + mails.delivered + mails.complaints + mails.auto_replies +
         mails.others;
}

std::string plural(std::uint64_t count, std::string_view word) {
  return grouped(count) + ' ' + std::string(word) + (count == 1 ? "" : "s");
}

// "3 logs (12,000 lines, 4 of them damaged) and 12 mails; 3 failures told by both count once"
std::string read_text(const BounceReportResult& result) {
  std::string out;
  if (result.logs > 0) {
    out = plural(result.logs, "log") + " (" + plural(result.lines.lines, "line");
    if (result.lines.foreign > 0)
      out += ", " + grouped(result.lines.foreign) + " of other programs";
    if (result.lines.damaged > 0) out += ", " + grouped(result.lines.damaged) + " not understood";
    out += ')';
  }
  if (result.mail_files > 0)
    out += (out.empty() ? "" : " and ") + plural(mails_of(result.mails), "mail");
  if (out.empty()) out = "nothing new";
  if (result.mails.repeated > 0)
    out += "; " + grouped(result.mails.repeated) + " told again, not counted again";
  if (result.paired > 0)
    out += "; " + grouped(result.paired) + " told by mail and log, counted once";
  return out;
}

cli::Verdict verdict_of(const BounceReportOptions& options, const BounceReportResult& result) {
  if (result.unreadable > 0) return cli::Verdict::unusable;
  bool alarms = options.alert && result.summary.latest.sent() > 0 &&
                hard_percent(result.summary.latest) > *options.alert;
  return alarms ? cli::Verdict::bad : cli::Verdict::good;
}

void add_number(std::string& line, std::uint64_t number) {
  line += ',' + std::to_string(number);
}

void add_numbers(std::string& line, const Sums& sums) {
  for (auto number : {sums.sent(), sums.delivered, sums.deferred, sums.hard, sums.soft,
                      sums.unknown, sums.complaints})
    add_number(line, number);
}

}  // namespace

cli::Report bounce_report(const BounceReportOptions& options, const BounceReportResult& result,
                          std::int64_t now) {
  const auto& summary = result.summary;
  cli::Report report;
  report.field("headline", report_headline(summary, now), {.kind = Kind::title});
  auto advice = report_advice(options, result);
  report
      .field("advice", Value::list(advice),
             {.kind = advice.empty() ? Kind::hidden : Kind::items, .label = "what to do"})
      .json("by", to_string(summary.by));
  add_table(report, summary, now);
  report.json("totals", sums_value(summary.total))
      .json("week", summary.week ? Value(delivery::week_name(*summary.week)) : Value())
      .json("latest", summary.week ? sums_value(summary.latest, summary.week) : Value())
      .json("before",
            summary.week ? sums_value(summary.before, *summary.week - delivery::kWeek) : Value())
      .json("hard_addresses", result.hard_addresses);
  if (result.suppression) add_suppression(report, options.suppression, *result.suppression);
  report.json("read", read_value(result));
  report.field("source", read_text(result), {.label = "read"});
  return report.judge(verdict_of(options, result));
}

std::string bounce_report_csv(const Summary& summary) {
  std::string out(to_string(summary.by));
  for (auto prefix : {"", "before_"})
    for (auto name : {"sent", "delivered", "deferred", "hard", "soft", "unknown", "complaints"})
      out.append(",").append(prefix).append(name);
  out += "\r\n";
  for (const auto& row : summary.rows) {
    append_csv_cell(out, row.key);
    add_numbers(out, row.sums);
    if (row.before)
      add_numbers(out, *row.before);
    else
      out.append(7, ',');
    out += "\r\n";
  }
  return out;
}

}  // namespace mailtrust::commands
