// mailtrust abuse read FILE...
// Who complained about what: feedback reports and feedback-loop mail.
#include <memory>
#include <string>
#include <utility>

#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/message_options.hpp"
#include "commands/whole_message.hpp"
#include "complaint/feedback.hpp"
#include "complaint/moment.hpp"
#include "finding/finding.hpp"

namespace mailtrust::commands {
namespace {

using cli::Style;
using cli::Value;
using Kind = cli::Style::Kind;
using complaint::Feedback;

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

Value moment(const std::optional<std::int64_t>& time) {
  return time ? Value(complaint::json_date(*time)) : Value();
}

Value identifiers(const Feedback& feedback) {
  Value::Array list;
  for (const auto& [name, value] : feedback.identifiers)
    list.push_back(Value::Object{{"name", name}, {"value", value}});
  return list;
}

// As text nothing is shown of what is not there.
Style list_style(const std::vector<std::string>& values, std::string label,
                 Kind kind = Kind::line) {
  return {.kind = values.empty() ? Kind::hidden : kind, .label = std::move(label)};
}

std::string headline(const Feedback& feedback) {
  auto text = feedback.type.empty() ? std::string("complaint") : feedback.type;
  if (feedback.incidents != 1) text += " x " + std::to_string(feedback.incidents);
  if (feedback.source) text += ", from " + to_string(*feedback.source);
  if (!feedback.reporter.empty()) text += ", told by " + feedback.reporter;
  return text;
}

void add_report(cli::Report& report, const Feedback& feedback) {
  report.field("layout", to_string(feedback.layout), {.kind = Kind::verbose})
      .json("type", text_or_null(feedback.type))
      .json("reporter", text_or_null(feedback.reporter))
      .field("reporter_name", text_or_null(feedback.reporter_name), {.label = "reporter"})
      .field("user_agent", text_or_null(feedback.user_agent), {.kind = Kind::verbose})
      .field("version", text_or_null(feedback.version), {.kind = Kind::verbose})
      .field("reported", moment(feedback.reported))
      .json("source_ip", feedback.source ? Value(to_string(*feedback.source)) : Value())
      .json("source_port", feedback.source_port ? Value(*feedback.source_port) : Value())
      .field("arrival_date", moment(feedback.arrival), {.label = "arrived"})
      .field("original_mail_from", feedback.mail_from ? Value(*feedback.mail_from) : Value(),
             {.label = "sender"})
      .field("original_rcpt_to", Value::list(feedback.recipients),
             list_style(feedback.recipients, "recipient"))
      .json("redacted", feedback.redacted)
      .field("auth_failure", text_or_null(feedback.auth_failure))
      .field("delivery_result", text_or_null(feedback.delivery_result))
      .field("reported_domain", Value::list(feedback.domains),
             list_style(feedback.domains, "domain"))
      .field("reported_uri", Value::list(feedback.uris),
             list_style(feedback.uris, "uri", Kind::verbose))
      .field("authentication_results", Value::list(feedback.results),
             list_style(feedback.results, "authentication results", Kind::verbose))
      .json("incidents", static_cast<std::int64_t>(feedback.incidents));
}

void add_original(cli::Report& report, const Feedback& feedback) {
  report.field("original", to_string(feedback.original), {.kind = Kind::verbose})
      .field("message_id", text_or_null(feedback.message_id), {.label = "message"})
      .field("subject", text_or_null(feedback.subject))
      .field("from", text_or_null(feedback.from))
      .field("date", moment(feedback.date))
      .field("list_id", text_or_null(feedback.list_id))
      .field("list_unsubscribe", text_or_null(feedback.list_unsubscribe))
      .field("identifiers", identifiers(feedback),
             {.kind = Kind::table, .columns = {"name", "value"}});
}

finding::Finding finding_of(const complaint::Oddity& oddity, const std::string& name) {
  using complaint::Oddity;
  switch (oddity.kind) {
    case Oddity::Kind::contradiction:
      return finding::make("complaint.contradiction", name, oddity.message,
                           "look at the message before you act on this report");
    case Oddity::Kind::no_original:
      return finding::make("complaint.no-original", name, oddity.message);
    case Oddity::Kind::malformed: break;
  }
  return finding::make("complaint.malformed", name, oddity.message);
}

cli::Report judge(mailbox::Item& item, const MessageOptions& options) {
  auto name = name_of(item);
  cli::Report report;
  report.json("file", item.file);
  if (item.index > 0) report.json("index", item.index);
  auto octets = read_whole(item, options.max_size);
  if (!octets) return report.error(octets.error());
  auto feedback = complaint::read_feedback(*octets);
  if (!feedback) {
    auto error = feedback.error();
    error.where = name;
    return report.error(std::move(error));
  }
  report.field("headline", headline(*feedback),
               {.kind = Kind::title, .label = name + ": " + headline(*feedback)});
  add_report(report, *feedback);
  add_original(report, *feedback);
  std::vector<finding::Finding> findings;
  for (const auto& oddity : feedback->oddities) findings.push_back(finding_of(oddity, name));
  return report.findings(std::move(findings)).judge(cli::Verdict::good);
}

}  // namespace

void add_abuse_read(cli::Program& program) {
  auto options = std::make_shared<MessageOptions>();
  auto command = program.command("abuse read", "Read complaints: who complained about what");
  add_message_options(command, *options);
  command
      .about(
          "Feedback reports (RFC 5965, RFC 6591), Microsoft's junk mail reports, X-ARF and XARF, "
          "and Apple's unsubscriptions. What a report says is the reporter's word; where it does "
          "not fit the message it attaches, that is told.")
      .messages("FILE", "a complaint, mbox, Maildir, directory of them, or - for standard input",
                [options](mailbox::Item& item, cli::Context&) { return judge(item, *options); },
                {.kind = cli::Work::Kind::computes, .questions = 0, .key = "file"});
}

}  // namespace mailtrust::commands
