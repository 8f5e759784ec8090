#include "commands/bounce_report_rows.hpp"

#include <utility>
#include <vector>

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

bool is_complete(std::int64_t week, std::int64_t now) {
  return week + delivery::kWeek <= now;
}

// "day 2 of 7"
std::string days_text(std::int64_t week, std::int64_t now) {
  auto days = now < week ? 0 : (now - week) / delivery::kDay + 1;
  return "day " + std::to_string(days) + " of 7";
}

void add_week(Value::Object& object, const Compared& row, std::int64_t now) {
  object.emplace_back("begin", delivery::date_name(row.week));
  object.emplace_back("complete", is_complete(row.week, now));
}

// A week that runs has no change yet: some days do not compare with seven.
std::string change_of(const Summary& summary, const Compared& row, std::int64_t now) {
  if (summary.by == By::week && !is_complete(row.week, now)) return days_text(row.week, now);
  return change_text(row.latest, row.before);
}

Value::Object row_value(const Summary& summary, const Compared& row, std::int64_t now) {
  Value::Object object;
  object.emplace_back(std::string(to_string(summary.by)), row.key);
  if (summary.by == By::week) add_week(object, row, now);
  add_sums(object, row.sums);
  auto week = summary.by == By::week ? std::optional(row.week) : summary.week;
  if (summary.by != By::week) object.emplace_back("latest", report_sums(row.latest, week));
  auto earlier = week ? std::optional(*week - delivery::kWeek) : std::nullopt;
  object.emplace_back("before", report_sums(row.before, earlier));
  object.emplace_back("change", change_of(summary, row, now));
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
  auto label = "by " + std::string(to_string(summary.by));
  if (summary.before) label += ", hard +/- against the week before";
  auto count = summary.rows.size();
  if (summary.by != By::week && count > kRowsShown)
    label += ", the " + std::to_string(kRowsShown) + " of " + grouped(count) +
             " that failed most (-v: all)";
  return label;
}

std::vector<std::string> columns_of(const Summary& summary) {
  auto by = summary.by;
  std::vector<std::string> columns = {std::string(to_string(by)),
                                      "sent",
                                      "delivered",
                                      "deferred",
                                      "hard",
                                      "soft",
                                      "unknown",
                                      "complaints"};
  if (by != By::reason) columns.emplace_back("hard_percent:hard %");
  columns.insert(columns.end(), {"=hard:", summary.before ? "change:hard +/-" : "change:"});
  return columns;
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

Value report_sums(const Sums& sums, const std::optional<std::int64_t>& week) {
  Value::Object object;
  if (week) object.emplace_back("week", delivery::week_name(*week));
  add_sums(object, sums);
  return object;
}

Value report_sums(const std::optional<Sums>& sums, const std::optional<std::int64_t>& week) {
  return sums ? report_sums(*sums, week) : Value();
}

void add_report_rows(cli::Report& report, const Summary& summary, std::int64_t now) {
  report.field("rows", rows_value(summary, now),
               {.kind = summary.rows.empty() ? Kind::hidden : Kind::table,
                .label = table_label(summary),
                .columns = columns_of(summary),
                .only = "shown"});
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
