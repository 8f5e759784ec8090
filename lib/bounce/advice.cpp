#include "bounce/advice.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "bounce/advice_table.hpp"
#include "bounce/names.hpp"
#include "bounce/receiver.hpp"
#include "bounce/rule.hpp"
#include "dnsbl/table.hpp"

namespace mailtrust::bounce {
namespace {

constexpr std::size_t kMaxAsk = 6;

// What {name} stands for.
struct Filling {
  std::string ip;
  std::string domain;
  std::string sender;
  std::string recipient_domain;
};

std::string domain_of(std::string_view mailbox) {
  return ascii::to_lower(mailbox.substr(mailbox.rfind('@') + 1));
}

Filling filling(const Names& names, const Failure& failure) {
  Filling filling;
  filling.ip = names.ip.empty() ? "YOUR-IP" : names.ip;
  filling.domain = names.domain.empty() ? "YOUR-DOMAIN" : names.domain;
  filling.sender = names.sender.empty() ? "postmaster@" + filling.domain : names.sender;
  auto recipient = is_plain_mailbox(failure.address) ? failure.address : names.recipient;
  filling.recipient_domain = recipient.empty() ? "RECIPIENT-DOMAIN" : domain_of(recipient);
  return filling;
}

void replace(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

std::string filled(std::string_view pattern, const Filling& filling) {
  std::string text(pattern);
  replace(text, "{ip}", filling.ip);
  replace(text, "{domain}", filling.domain);
  replace(text, "{sender}", filling.sender);
  replace(text, "{recipient-domain}", filling.recipient_domain);
  return text;
}

const AdviceRow& row_of(Reason reason) {
  auto rows = reason_advice();
  auto found = std::ranges::find(rows, reason, &AdviceRow::reason);
  return found == rows.end() ? rows.front() : *found;
}

const AdviceRow* row_of_rule(std::string_view rule) {
  auto rows = rule_advice();
  auto found = std::ranges::find(rows, rule, &AdviceRow::rule);
  return rule.empty() || found == rows.end() ? nullptr : &*found;
}

void take(Advice& advice, const AdviceRow& row, const Filling& filling) {
  advice.actor = row.actor;
  if (!row.meaning.empty()) advice.meaning = row.meaning;
  if (!row.action.empty()) advice.what_to_do = row.action;
  if (!row.checks.front().empty()) advice.checks.clear();
  for (auto check : row.checks)
    if (!check.empty()) advice.checks.push_back(filled(check, filling));
  advice.retry = row.retry;
  advice.retry_when = row.when;
}

bool may_pass(const Failure& failure, const Verdict& verdict, const Reply& reply) {
  int code = failure.code != 0 ? failure.code : reply.code;
  if (code != 0) return code / 100 == 4;
  return verdict.status && verdict.status->class_code == 4;
}

// A code that says "try again" stands above the words: no good address is given up for it.
void heed_code(Advice& advice, const Verdict& verdict) {
  if (type_of(verdict.reason) == Type::hard) {
    advice.actor = Actor::receiver;
    advice.what_to_do =
        "Keep the address for now: the words say that it is wrong, the code that this may pass.";
    advice.retry_when = "by itself, from your server's queue";
  }
  advice.retry = true;
  if (advice.retry_when.empty()) advice.retry_when = "by itself, from your server's queue";
}

void add(std::vector<std::string>& list, std::string text) {
  if (text.empty() || list.size() >= kMaxAsk) return;
  if (std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

std::string_view page_of(const ListMark& mark) {
  if (mark.zone.empty()) return mark.where;
  const auto* row = dnsbl::find_row(mark.zone);
  return row == nullptr ? std::string_view() : row->delist;
}

void add_lists(std::vector<std::string>& ask, std::string_view reply, const Filling& filling) {
  auto text = ascii::to_lower(reply);
  for (const auto& mark : list_marks())
    if (text.find(mark.words) != std::string::npos) add(ask, filled(page_of(mark), filling));
}

// Nobody is asked why an address does not exist.
bool is_asked_about(Family family, Topic topic) {
  switch (family) {
    case Family::recipient:
    case Family::mailbox:
    case Family::notbounce: return false;
    case Family::network:
    case Family::system:
    case Family::unknown: return topic == Topic::trouble;
    default: return true;
  }
}

std::string receiver_id(const Failure& failure, const Rule* rule) {
  if (rule != nullptr && !rule->receiver.empty()) return std::string(rule->receiver);
  const auto* receiver = receiver_of(failure);
  return receiver == nullptr ? std::string() : std::string(receiver->id);
}

void add_pages(Advice& advice, Family family) {
  for (const auto& page : pages())
    if (page.receiver == advice.receiver && is_asked_about(family, page.topic))
      add(advice.ask, std::string(page.where));
}

}  // namespace

std::string_view to_string(Actor actor) {
  switch (actor) {
    case Actor::you: return "you";
    case Actor::list_owner: return "list";
    case Actor::receiver: return "receiver";
    case Actor::recipient: return "recipient";
    case Actor::nobody: return "nobody";
  }
  return "nobody";
}

Advice advise(const Failure& failure, const Verdict& verdict) {
  auto reply = read_reply(failure.diagnostic);
  auto names = find_names(reply.text);
  auto fill = filling(names, failure);
  const auto* rule = find_rule(verdict.rule);

  Advice advice;
  take(advice, row_of(verdict.reason), fill);
  if (rule != nullptr && !rule->meaning.empty()) advice.meaning = rule->meaning;
  if (const auto* row = row_of_rule(verdict.rule)) take(advice, *row, fill);
  if (may_pass(failure, verdict, reply)) heed_code(advice, verdict);

  advice.receiver = receiver_id(failure, rule);
  for (auto& page : names.pages) add(advice.ask, std::move(page));
  for (auto& contact : names.contacts) add(advice.ask, std::move(contact));
  add_lists(advice.ask, reply.text, fill);
  add_pages(advice, family_of(verdict.reason));
  return advice;
}

Advice advise(Reason reason) {
  Advice advice;
  take(advice, row_of(reason), filling({}, {}));
  return advice;
}

}  // namespace mailtrust::bounce
