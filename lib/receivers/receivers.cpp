#include "receivers/receivers.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <utility>

#include "base/ascii.hpp"
#include "receivers/checks.hpp"

namespace mailtrust::receivers {
namespace {

constexpr Rule kRules[] = {
#include "receivers/receivers.inc"
};

using Check = Seen (*)(Case&);

constexpr std::pair<std::string_view, Check> kChecks[] = {
    {"alignment", alignment},
    {"date", date},
    {"dkim", dkim},
    {"dkim-aligned", dkim_aligned},
    {"dmarc-policy", dmarc_policy},
    {"dmarc-record", dmarc_record},
    {"form", form},
    {"key-1024", key_1024},
    {"key-2048", key_2048},
    {"message-id", message_id},
    {"not-in-a-file", not_in_a_file},
    {"one-click", one_click},
    {"one-click-or-mailto", one_click_or_mailto},
    {"one-from", one_from},
    {"ptr", ptr},
    {"ptr-own", ptr_own},
    {"single-fields", single_fields},
    {"spf", spf},
    {"spf-or-dkim", spf_or_dkim},
    {"tls", tls},
    {"unsubscribe", unsubscribe},
};

// Past the end for a word that is none.
constexpr std::size_t index_of(std::string_view word) {
  std::size_t index = 0;
  while (index < std::size(kChecks) && kChecks[index].first != word) ++index;
  return index;
}

constexpr unsigned number(std::string_view digits) {
  unsigned value = 0;
  for (char digit : digits) value = value * 10 + static_cast<unsigned>(digit - '0');
  return value;
}

constexpr std::chrono::year_month_day day_of(std::string_view date) {
  return {std::chrono::year(static_cast<int>(number(date.substr(0, 4)))),
          std::chrono::month(number(date.substr(5, 2))), std::chrono::day(number(date.substr(8)))};
}

constexpr bool well_formed(const Rule& rule) {
  return index_of(rule.check) < std::size(kChecks) && rule.date.size() == 10 &&
         day_of(rule.date).ok() && rule.source.starts_with("https://") && !rule.text.empty();
}

// A rule with an unknown check, or a date that is none, does not build.
static_assert(std::all_of(std::begin(kRules), std::end(kRules), well_formed));

bool is_old(const Rule& rule, std::int64_t now) {
  auto expires = std::chrono::sys_days(day_of(rule.date) + std::chrono::years(1));
  return std::chrono::sys_seconds(std::chrono::seconds(now)) > expires;
}

Opinion opinion_of(Kept kept, Opinion breach) {
  switch (kept) {
    case Kept::yes: return Opinion::fine;
    case Kept::partly: return std::min(breach, Opinion::would_doubt);
    case Kept::no: return breach;
    case Kept::unknown:
    case Kept::not_shown: break;
  }
  // Advice refuses nobody, however the test would have ended.
  return breach == Opinion::fine ? Opinion::fine : Opinion::cannot_tell;
}

RuleOpinion judge(const Rule& rule, Case& message) {
  auto seen = kChecks[index_of(rule.check)].second(message);
  RuleOpinion out;
  out.rule = &rule;
  out.opinion = opinion_of(seen.kept, rule.breach);
  out.reason = std::move(seen.reason);
  out.old = is_old(rule, message.facts().now);
  out.note = seen.kept == Kept::not_shown;
  return out;
}

void add(ReceiverOpinion& receiver, RuleOpinion rule) {
  if (!rule.note) receiver.opinion = std::max(receiver.opinion, rule.opinion);
  receiver.rules.push_back(std::move(rule));
}

}  // namespace

std::string_view to_string(Opinion opinion) {
  switch (opinion) {
    case Opinion::fine: return "fine";
    case Opinion::cannot_tell: return "cannot tell";
    case Opinion::would_doubt: return "would doubt";
    case Opinion::would_refuse: return "would refuse";
  }
  return "";
}

std::span<const Rule> rules() {
  return kRules;
}

bool looks_bulk(const message::Header& header) {
  constexpr std::string_view kMarks[] = {"List-Id", "List-Unsubscribe", "Feedback-ID"};
  auto there = [&](std::string_view name) { return header.find(name) != nullptr; };
  if (std::ranges::any_of(kMarks, there)) return true;
  const auto* precedence = header.find("Precedence");
  if (precedence == nullptr) return false;
  auto word = ascii::to_lower(message::unfold(precedence->value));
  return word == "bulk" || word == "list" || word == "junk";
}

std::vector<ReceiverOpinion> judge(dns::Resolver& resolver, const Facts& facts) {
  Case message(resolver, facts);
  std::vector<ReceiverOpinion> out;
  for (const auto& rule : kRules) {
    if (rule.bulk_only && !facts.bulk) continue;
    if (out.empty() || out.back().receiver != rule.receiver)
      out.push_back({rule.receiver, Opinion::fine, {}});
    add(out.back(), judge(rule, message));
  }
  return out;
}

Seen not_in_a_file(Case& /*message*/) {
  return {Kept::not_shown, "no file shows this"};
}

}  // namespace mailtrust::receivers
