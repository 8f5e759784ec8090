// mailtrust bounce explain TEXT...
// What a server's reply means, who must act, and what to look at.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "bounce/advice.hpp"
#include "bounce/receiver.hpp"
#include "bounce/reply.hpp"
#include "bounce/rule.hpp"
#include "bounce/spoken.hpp"
#include "cli/program.hpp"
#include "commands/bounce_words.hpp"
#include "commands/commands.hpp"
#include "commands/lines_of_input.hpp"

namespace mailtrust::commands {
namespace {

using cli::Style;
using cli::Value;
using Kind = cli::Style::Kind;

struct ExplainOptions {
  std::string receiver;  // the host that answered
};

Value text_or_null(std::string_view text) {
  return text.empty() ? Value() : Value(text);
}

Value status_value(const bounce::Verdict& verdict) {
  return verdict.status ? Value(to_string(*verdict.status)) : Value();
}

Value recipients(const bounce::Failure& failure, const bounce::Verdict& verdict) {
  Value::Object recipient{{"address", text_or_null(failure.address)},
                          {"type", to_string(verdict.type)},
                          {"family", to_string(family_of(verdict.reason))},
                          {"reason", to_string(verdict.reason)},
                          {"status", status_value(verdict)},
                          {"diagnostic", failure.diagnostic},
                          {"rule", text_or_null(verdict.rule)}};
  return Value::Array{std::move(recipient)};
}

std::string receiver_name(std::string_view id) {
  const auto* receiver = bounce::find_receiver(id);
  return std::string(receiver == nullptr ? id : receiver->name);
}

// Which words, or which code, the answer stands on.
std::string receipt(const bounce::Failure& failure, const bounce::Verdict& verdict) {
  if (verdict.rule.empty()) return {};
  std::string text = "rule " + std::string(verdict.rule);
  const auto* rule = bounce::find_rule(verdict.rule);
  if (rule == nullptr || rule->phrase.empty()) return text + ", by the code: no words decide";
  auto words = matched_words(*rule, bounce::read_reply(failure.diagnostic).text);
  if (words.empty()) words = matched_words(*rule, failure.diagnostic);
  return words.empty() ? text : text + ", by the words \"" + words + "\"";
}

std::string again(const bounce::Advice& advice) {
  std::string text = advice.retry ? "yes" : "no";
  return advice.retry_when.empty() ? text : text + ", " + advice.retry_when;
}

Style list_style(const std::vector<std::string>& values, std::string label, Kind kind) {
  return {.kind = values.empty() ? Kind::hidden : kind, .label = std::move(label)};
}

void add_advice(cli::Report& report, const bounce::Advice& advice) {
  std::string commands;
  for (const auto& check : advice.checks) commands += (commands.empty() ? "" : "\n") + check;
  report.field("meaning", advice.meaning, {.label = "means"})
      .json("actor", to_string(advice.actor))
      .field("who", bounce_actor(advice.actor), {.label = "who must act"})
      .field("action", advice.what_to_do, {.label = "do"})
      .json("retry", advice.retry)
      .json("retry_when", text_or_null(advice.retry_when))
      .field("again", again(advice), {.label = "send again"})
      .json("checks", Value::list(advice.checks));
  if (!commands.empty())
    report.field("commands", commands, {.kind = Kind::paste, .label = "check"});
  report.field("ask", Value::list(advice.ask), list_style(advice.ask, "ask", Kind::items));
}

void add_verdict(cli::Report& report, const bounce::Failure& failure,
                 const bounce::Verdict& verdict) {
  report.field("headline", bounce_headline(verdict), {.kind = Kind::title})
      .json("recipients", recipients(failure, verdict))
      .json("type", to_string(verdict.type))
      .json("family", to_string(family_of(verdict.reason)))
      .json("reason", to_string(verdict.reason))
      .json("status", status_value(verdict))
      .json("code", failure.code == 0 ? Value() : Value(failure.code))
      .json("rule", text_or_null(verdict.rule));
}

cli::Report explain_reply(const cli::Input& input, const ExplainOptions& options) {
  auto failure = bounce::spoken_failure(input.text);
  if (!options.receiver.empty()) failure.remote = ascii::to_lower(options.receiver);
  auto verdict = classify(failure);
  auto advice = advise(failure, verdict);
  cli::Report report;
  report.json("text", input.text);
  add_verdict(report, failure, verdict);
  report.field("reply", on_one_line(input.text))
      .json("receiver", text_or_null(advice.receiver))
      .field("said_by", text_or_null(receiver_name(advice.receiver)), {.label = "said by"});
  report.field("why", text_or_null(receipt(failure, verdict)));
  add_advice(report, advice);
  bool known = verdict.reason != bounce::Reason::undetermined;
  return report.judge(known ? cli::Verdict::good : cli::Verdict::unknown);
}

// A word of our own output: a reason.
cli::Report explain_reason(const cli::Input& input, bounce::Reason reason) {
  cli::Report report;
  report.json("text", input.text);
  bounce::Verdict verdict{.reason = reason, .type = type_of(reason), .status = {}, .rule = {}};
  add_verdict(report, {}, verdict);
  add_advice(report, bounce::advise(reason));
  return report.judge(cli::Verdict::good);
}

// The id of a rule.
cli::Report explain_rule(const cli::Input& input, const bounce::Rule& rule) {
  bounce::Failure failure;
  failure.diagnostic = std::string(rule.example);
  bounce::Verdict verdict{
      .reason = rule.reason, .type = type_of(rule.reason), .status = {}, .rule = rule.id};
  auto advice = advise(failure, verdict);
  cli::Report report;
  report.json("text", input.text);
  add_verdict(report, failure, verdict);
  report.field("example", rule.example)
      .json("receiver", text_or_null(rule.receiver))
      .field("said_by", text_or_null(receiver_name(rule.receiver)), {.label = "said by"});
  report.field("source", text_or_null(rule.source)).field("date", text_or_null(rule.date));
  add_advice(report, advice);
  return report.judge(cli::Verdict::good);
}

cli::Report judge(const cli::Input& input, const ExplainOptions& options) {
  auto text = ascii::trim(input.text);
  if (text.empty()) {
    Error error{Error::Kind::usage, input.where.empty() ? "TEXT" : input.where,
                "expected a server's reply, such as \"550 5.1.1 User unknown\""};
    return cli::Report().json("text", input.text).error(std::move(error));
  }
  if (auto reason = bounce::parse_reason(text)) return explain_reason(input, *reason);
  if (const auto* rule = bounce::find_rule(text)) return explain_rule(input, *rule);
  return explain_reply(input, options);
}

}  // namespace

void add_bounce_explain(cli::Program& program) {
  auto options = std::make_shared<ExplainOptions>();
  program.command("bounce explain", "Tell what a server's reply means, and what to do")
      .about(
          "Says why the server refused, whether the address is at fault, who must act, what to "
          "check, with the commands, whether to send again, and where to ask; and by which words "
          "or code it knows. A reason or the id of a rule, as \"bounce\" shows them, is explained "
          "too.")
      .option("--receiver", "HOST", "the server that answered, where the reply does not tell",
              options->receiver)
      .inputs("TEXT", "the reply, in quotes; - for one a line from standard input",
              [options](const cli::Input& input, cli::Context&) { return judge(input, *options); },
              {.kind = cli::Work::Kind::computes,
               .questions = 0,
               .key = "text",
               .expand = lines_of_input()});
}

}  // namespace mailtrust::commands
