#include "commands/abuse_report_case.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "base/number.hpp"
#include "base/utf8.hpp"
#include "complaint/moment.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;
using Kind = cli::Style::Kind;

Value value_of(const json::Value& value) {
  if (value.is_text()) return value.text();
  if (value.is_object()) {
    Value::Object object;
    for (const auto& [name, member] : value.members()) object.emplace_back(name, value_of(member));
    return object;
  }
  if (value.is_array()) {
    Value::Array array;
    for (const auto& item : value.items()) array.push_back(value_of(item));
    return array;
  }
  if (auto truth = value.boolean()) return *truth;
  if (auto number = value.integer()) return *number;
  return {};
}

Value origin_value(const received::Origin& origin) {
  return Value::Object{
      {"ip", origin.ip ? Value(to_string(*origin.ip)) : Value()},
      {"hop", origin.hop ? Value(*origin.hop) : Value()},
      {"confidence", to_string(origin.confidence)},
      {"why", origin.why},
  };
}

void add_mail(cli::Report& report, const std::string& mail) {
  report.json("message", mail.empty() ? Value() : Value(mail));
  // JSON text cannot hold every octet.
  if (!is_utf8(mail)) report.json("message_base64", encode_base64(mail));
}

std::string outcome_of(const AbuseComplaint& complaint) {
  if (complaint.sent) return "sent to " + complaint.to.front();
  if (!complaint.written.empty()) return "written to " + complaint.written;
  return {};
}

void add_findings(cli::Report& report, const AbuseCase& one, const AbuseComplaint& complaint) {
  for (const auto& doubt : one.doubts)
    report.finding(finding::make("complaint.redaction", one.name, doubt));
  const auto& coverage = complaint.coverage;
  auto place =
      static_cast<std::size_t>(std::ranges::find(complaint.cases, &one) - complaint.cases.begin());
  if (place + coverage.left_out >= complaint.cases.size())
    report.finding(finding::make("complaint.header-only", one.name,
                                 "counted in the complaint, and not attached to it"));
  else if (std::ranges::find(coverage.header_only, place) != coverage.header_only.end())
    report.finding(finding::make("complaint.header-only", one.name,
                                 "too large to be attached: its header is"));
}

void add_complaint(cli::Report& report, const AbuseCase& one, const AbuseComplaint& complaint) {
  bool first = complaint.cases.front() == &one;
  report.field("to", Value::list(complaint.to), {.kind = Kind::hidden});
  add_mail(report, first ? complaint.mail : std::string{});
  if (!first) report.json("reported_with", complaint.cases.front()->name);
  report.json("messages", complaint.cases.size());
  if (!complaint.from.empty()) report.json("from", complaint.from);
  if (!complaint.written.empty()) report.json("output", complaint.written);
  report.json("sent", complaint.sent);
  if (!complaint.reason.empty()) report.json("reason", complaint.reason);
  for (std::size_t i = 0; i < complaint.xarf.size(); ++i)
    if (complaint.cases[i] == &one) report.json("xarf", value_of(complaint.xarf[i]));
  add_findings(report, one, complaint);
  auto outcome = first ? outcome_of(complaint) : std::string{};
  if (!outcome.empty())
    report.field("outcome", outcome, {.kind = Kind::title, .label = one.name + ": " + outcome});
}

}  // namespace

const received::Trace& trace_of(const AbuseComplaint& complaint) {
  return complaint.cases.front()->incident->trace;
}

cli::Report report_of(const AbuseCase& one, const AbuseComplaint* complaint) {
  cli::Report report;
  report.json("file", one.file);
  if (one.index > 0) report.json("index", one.index);
  if (one.error) return report.error(*one.error);
  const auto& trace = one.incident->trace;
  report.json("origin", origin_value(trace.origin));
  if (trace.handover)
    report.json("handover",
                Value::Object{{"ip", to_string(*trace.handover)},
                              {"hop", trace.handover_hop ? Value(*trace.handover_hop) : Value()}});
  add_complaint(report, one, *complaint);
  if (complaint->trouble) {
    auto error = *complaint->trouble;
    if (error.where.empty()) error.where = one.name;
    return report.error(std::move(error));
  }
  return report.judge(complaint->reason.empty() ? cli::Verdict::good : cli::Verdict::bad);
}

}  // namespace mailtrust::commands
