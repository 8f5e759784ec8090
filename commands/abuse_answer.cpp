#include "commands/abuse_answer.hpp"

#include <algorithm>
#include <string>

#include "abuse/scope.hpp"
#include "commands/list_words.hpp"

namespace mailtrust::commands {
namespace {

using cli::Value;
using Kind = cli::Style::Kind;

cli::Verdict verdict_of(const abuse::Answer& answer) {
  if (!answer.contacts.empty()) return cli::Verdict::good;
  return answer.could_not_tell ? cli::Verdict::unknown : cli::Verdict::bad;
}

Value contacts_value(const abuse::Answer& answer) {
  Value::Array array;
  for (const auto& contact : answer.contacts)
    array.push_back(Value::Object{{"email", contact.email},
                                  {"source", registration::to_string(contact.source)},
                                  {"confidence", registration::to_string(contact.confidence)},
                                  {"why", contact.why},
                                  {"undeliverable", contact.undeliverable}});
  return array;
}

Value lookups_value(const abuse::Answer& answer) {
  Value::Array array;
  std::int64_t number = 0;
  for (const auto& step : answer.steps)
    array.push_back(Value::Object{{"number", ++number},
                                  {"question", step.question},
                                  {"outcome", step.outcome},
                                  {"failed", step.failed}});
  return array;
}

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

void add_trouble(cli::Report& report, const std::string& ip, const abuse::Answer& answer) {
  for (const auto& sentence : answer.trouble)
    report.finding(finding::make("abuse.unanswered", ip, sentence,
                                 answer.contacts.empty()
                                     ? "ask again later"
                                     : "a better contact may be known there; ask again later"));
}

void add_undeliverable(cli::Report& report, const std::string& ip, const abuse::Answer& answer) {
  std::string emails;
  for (const auto& contact : answer.contacts)
    if (contact.undeliverable) emails += (emails.empty() ? "" : ", ") + contact.email;
  if (emails.empty()) return;
  const auto& first = answer.contacts.front();
  report.finding(
      finding::make("abuse.undeliverable", ip, "named, but the domain takes no mail: " + emails,
                    first.undeliverable ? "tell the registry, and write to the upstream provider"
                                        : "write to " + first.email));
}

void add_findings(cli::Report& report, const std::string& ip, const abuse::Answer& answer) {
  report.findings({});
  if (!answer.internal.empty())
    report.finding(finding::make("abuse.internal-address", ip,
                                 "no host of the Internet has this address: " + answer.internal,
                                 "look for the address behind it"));
  else if (answer.contacts.empty() && !answer.could_not_tell)
    report.finding(finding::make("abuse.no-contact", ip, "nobody is named who answers for it",
                                 "try the network above it, or its upstream provider"));
  if (answer.offline)
    report.finding(finding::make("abuse.not-asked", ip,
                                 "the registries were not asked: with --zone only DNS is",
                                 "name one with --rdap-base or --whois-server"));
  add_trouble(report, ip, answer);
  add_undeliverable(report, ip, answer);
  if (!answer.old_bootstrap.empty())
    report.finding(
        finding::make("abuse.old-bootstrap", ip,
                      "the registry was looked up in the table of " + answer.old_bootstrap,
                      "let data.iana.org be reached once, or name a copy with --rdap-bootstrap"));
}

void add_network(cli::Report& report, const abuse::Answer& answer) {
  bool known = answer.network.has_value();
  report.field("network", known ? Value(abuse::to_text(*answer.network)) : Value())
      .field("name", text_or_null(answer.name))
      .field("org", text_or_null(answer.organization), {.label = "owner"})
      .field("country", text_or_null(answer.country))
      .field("registered", time_value(answer.registered))
      .field("fetched", time_value(answer.fetched), {.label = "as of"});
}

}  // namespace

std::string abuse_conclusion(const abuse::Answer& answer) {
  if (!answer.internal.empty()) return "nobody was asked: " + answer.internal;
  if (!answer.contacts.empty()) return answer.contacts.front().email;
  return answer.could_not_tell ? "could not tell who answers" : "nobody is named who answers";
}

cli::Report abuse_report(const abuse::Answer& answer) {
  auto ip = to_string(answer.address);
  cli::Report report;
  report.json("ip", ip).field("conclusion", abuse_conclusion(answer),
                              {.kind = Kind::title, .label = ip + ": " + abuse_conclusion(answer)});
  add_network(report, answer);
  report
      .field("contacts", contacts_value(answer),
             {.kind = Kind::table, .columns = {"email", "confidence", "source", "why"}})
      .field(
          "lookups", lookups_value(answer),
          {.kind = Kind::table, .label = "asked", .columns = {"number:#", "question", "outcome"}})
      .judge(verdict_of(answer));
  add_findings(report, ip, answer);
  return report;
}

}  // namespace mailtrust::commands
