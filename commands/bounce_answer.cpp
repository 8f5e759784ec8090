#include "commands/bounce_answer.hpp"

#include <algorithm>
#include <utility>

#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "bounce/advice.hpp"
#include "commands/bounce_words.hpp"
#include "complaint/moment.hpp"

namespace mailtrust::commands {
namespace {

using bounce::Notice;
using bounce::Recipient;
using cli::Value;
using Kind = cli::Style::Kind;

constexpr std::size_t kMaxShown = 300;  // octets of what a server said, for people

Value text_or_null(std::string_view text) {
  return text.empty() ? Value() : Value(text);
}

Value moment(const std::optional<std::int64_t>& time) {
  return time ? Value(complaint::json_date(*time)) : Value();
}

// X.0.0 is what systems write that know no code (RFC 3463 section 3.1).
Value status_value(const bounce::Verdict& verdict) {
  bool says = verdict.status && verdict.status->says_something();
  return says ? Value(to_string(*verdict.status)) : Value();
}

std::string_view action_word(bounce::Action action) {
  switch (action) {
    case bounce::Action::failed: return "failed";
    case bounce::Action::delayed: return "delayed";
    case bounce::Action::delivered: return "delivered";
    case bounce::Action::relayed: return "relayed";
    case bounce::Action::expanded: return "expanded";
  }
  return "failed";
}

Value recipient_value(const Recipient& recipient) {
  const auto& [failure, verdict] = recipient;
  return Value::Object{{"address", text_or_null(failure.address)},
                       {"type", to_string(verdict.type)},
                       {"family", to_string(family_of(verdict.reason))},
                       {"reason", to_string(verdict.reason)},
                       {"status", status_value(verdict)},
                       {"diagnostic", text_or_null(failure.diagnostic)},
                       {"rule", text_or_null(verdict.rule)},
                       {"action", action_word(failure.action)},
                       {"remote", text_or_null(failure.remote)},
                       {"original", text_or_null(failure.original)}};
}

bool is_delivered(const Recipient& recipient) {
  return recipient.verdict.reason == bounce::Reason::delivered;
}

// Beside recipients that failed those that were reached are a list of their own: `recipients` tells
// of trouble.
std::vector<const Recipient*> shown(const Notice& notice) {
  std::vector<const Recipient*> shown;
  for (const auto& one : notice.recipients)
    if (notice.kind == bounce::Kind::delivered || !is_delivered(one)) shown.push_back(&one);
  return shown;
}

Value delivered_beside(const Notice& notice) {
  Value::Array list;
  if (notice.kind == bounce::Kind::delivered) return list;
  for (const auto& one : notice.recipients)
    if (is_delivered(one)) list.emplace_back(one.failure.address);
  return list;
}

std::string headline(const Notice& notice) {
  switch (notice.kind) {
    case bounce::Kind::bounce: return "bounce";
    case bounce::Kind::delayed: return "delayed, still being tried";
    case bounce::Kind::delivered: return "delivered";
    case bounce::Kind::complaint: return "complaint";
    case bounce::Kind::auto_reply: return "automatic reply";
    case bounce::Kind::message: return "ordinary mail, tells of no delivery";
  }
  return "ordinary mail";
}

std::string cut(std::string_view text) {
  if (text.size() <= kMaxShown) return std::string(text);
  auto end = kMaxShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

// "a@b.example: hard, nobody has this address", and what it stands on.
std::string page_of(const Recipient& recipient) {
  const auto& [failure, verdict] = recipient;
  auto page =
      failure.address.empty() ? std::string("(nobody is named)") : on_one_line(failure.address);
  page += ": " + bounce_headline(verdict) + '\n';
  auto line = [&page](std::string_view label, std::string_view text) {
    if (!text.empty())
      page.append("  ").append(label).append(on_one_line(std::string(text))).append("\n");
  };
  auto said = cut(failure.diagnostic);
  line("said: ",
       failure.remote.empty() || said.empty() ? said : said + " (" + failure.remote + ')');
  line("rule: ", verdict.rule);
  if (verdict.type == bounce::Type::notbounce) return page;
  line("do:   ", advise(failure, verdict).what_to_do);
  return page;
}

std::string page_of(const Notice& notice) {
  std::string page;
  for (const auto* one : shown(notice)) {
    if (!page.empty()) page += '\n';
    page += page_of(*one);
  }
  if (!page.empty()) page.pop_back();
  return page;
}

void add_limit(cli::Report& report, const Notice& notice, const std::string& name) {
  if (!notice.cut) return;
  report.finding({"bounce.too-many-recipients", finding::Severity::warning,
                  "it names more than " + grouped(limits::kBounceRecipients) +
                      " recipients, which is as many as are read; the others are left out",
                  "your server's log tells of all: mailtrust bounce report LOG",
                  "RFC 5321 section 4.5.3.1.8", name});
}

}  // namespace

void add_notice(cli::Report& report, const Notice& notice, const std::string& name,
                bool for_people) {
  auto line = name + ": " + headline(notice);
  // The others are known by their form alone.
  bool by_a_system = notice.kind == bounce::Kind::bounce || notice.kind == bounce::Kind::delayed;
  if (by_a_system && !notice.system.empty() && !notice.system.starts_with("rfc"))
    line += ", written by " + notice.system;
  report.field("kind", to_string(notice.kind), {.kind = Kind::title, .label = std::move(line)});
  if (for_people)
    if (auto page = page_of(notice); !page.empty())
      report.field("page", std::move(page), {.kind = Kind::prose});
  Value::Array recipients;
  for (const auto* one : shown(notice)) recipients.push_back(recipient_value(*one));
  report.json("system", text_or_null(notice.system))
      .field("reporting_mta", text_or_null(notice.reporting_mta), {.label = "told by"})
      .json("date", moment(notice.date))
      .json("recipients", std::move(recipients))
      .field("delivered", delivered_beside(notice),
             {.kind = delivered_beside(notice).array()->empty() ? Kind::hidden : Kind::line})
      .field("message_id", text_or_null(notice.returned.message_id), {.label = "message"})
      .field("sender", text_or_null(notice.sender))
      .field("subject", text_or_null(notice.returned.subject))
      .json("from", text_or_null(notice.returned.from))
      .json("to", text_or_null(notice.returned.to))
      .json("sent", moment(notice.returned.date))
      .json("list_id", text_or_null(notice.returned.list_id));
  add_limit(report, notice, name);
}

cli::Verdict verdict_of(const Notice& notice) {
  auto any = [&](auto test) { return std::ranges::any_of(notice.recipients, test); };
  if (notice.cut) return cli::Verdict::unusable;
  if (any([](const Recipient& one) { return one.verdict.type == bounce::Type::hard; }))
    return cli::Verdict::bad;
  if (any([](const Recipient& one) { return one.verdict.reason == bounce::Reason::undetermined; }))
    return cli::Verdict::unknown;
  return cli::Verdict::good;
}

}  // namespace mailtrust::commands
