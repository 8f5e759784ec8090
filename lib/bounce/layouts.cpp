#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.hpp"
#include "bounce/layout.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/rows.hpp"
#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce {
namespace {

using std::string_view;

// Authors that write notices and little else.
constexpr std::array<string_view, 13> kAuthors = {
    "mailer-daemon",    "mailer daemon",       "mail delivery",        "postmaster",
    "mail-daemon",         "mail daemon",          "system administrator",
    "mail administrator", "microsoft outlook", "mail router",          "internet mail service",
    "mail system",      "mailadmin"};

// Subjects of notices, in the languages of the systems that translate them.
constexpr std::array<string_view, 46> kSubjects = {
    "undeliver",
    "returned mail",
    "returned to sender",
    "returning message",
    "delivery fail",
    "delivery has failed",
    "delivery status",
    "delivery notification",
    "delivery report",
    "delivery error",
    "delivery problem",
    "failure notice",
    "failure delivery",
    "failed delivery",
    "failed mail",
    "mail failure",
    "mail system error",
    "mail error",
    "mail could not be delivered",
    "message could not be delivered",
    "message you sent blocked",
    "non-deliver",
    "nondeliver",
    "non delivery",
    "not delivered",
    "could not send message",
    "could not be sent",
    "delayed mail",
    "message delayed",
    "nondelivery",
    "notification d'\xc3\xa9" "chec",
    "non remis",
    "non distribu",
    "unzustellbar",
    "nicht zugestellt",
    "zustellung fehlgeschlagen",
    "onbestelbaar",
    "non recapitabile",
    "mancata consegna",
    "no se puede entregar",
    "no entregado",
    "n\xc3\xa3o foi poss\xc3\xadvel entregar",
    "\xd0\xbd\xd0\xb5 \xd0\xb4\xd0\xbe\xd1\x81\xd1\x82\xd0\xb0\xd0\xb2\xd0\xbb",
    "\xe9\x85\x8d\xe4\xbf\xa1",
    "\xe9\x80\x80\xe4\xbf\xa1",
    "\xe9\x80\x81\xe4\xbf\xa1\xe3\x82\xa8\xe3\x83\xa9\xe3\x83\xbc"};

// What a text says that tells of a failure, where no row knows it.
constexpr std::array<string_view, 15> kFailureWords = {
    "not be delivered", "not delivered",  "could not deliver", "unable to deliver",
    "undeliver",        "delivery failed", "delivery has failed", "failed to deliver",
    "error deliver",    "was rejected",   "has been rejected", "user unknown",
    "permanent",        "returned to you", "delivery failure"};

bool holds_any(string_view text, std::span<const string_view> words) {
  return std::ranges::any_of(words,
                             [&](auto word) { return text.find(word) != string_view::npos; });
}

// Somebody speaks about a notice.
bool is_answer(string_view subject) {
  constexpr std::array<string_view, 8> kPrefixes = {"re:", "fw:", "fwd:", "aw:",
                                                    "wg:", "sv:", "tr:",  "rv:"};
  return std::ranges::any_of(kPrefixes, [&](auto prefix) { return subject.starts_with(prefix); });
}

bool has_null_return_path(const Mail& mail) {
  const auto* field = mail.header.find("Return-Path");
  if (field == nullptr) return false;
  auto path = ascii::to_lower(ascii::trim(field->value));
  return path == "<>" || path.starts_with("<mailer-daemon") || path.starts_with("mailer-daemon");
}

bool tells_of_delay(string_view subject) {
  constexpr std::array<string_view, 7> kWords = {
      "delay", "still being retried", "warning: could not send", "warning: message",
      "delivery status notification (delay)", "temporarily", "verz\xc3\xb6gert"};
  return holds_any(subject, kWords);
}

// A notice in unknown words must say itself that something failed.
bool speaks_of_failure(const Mail& mail) {
  if (mail.header.find("X-Failed-Recipients") != nullptr) return true;
  if (!is_answer(mail.subject) && holds_any(mail.subject, kSubjects)) return true;
  constexpr std::size_t kLookedAt = 4096;
  return holds_any(ascii::to_lower(string_view(mail.text).substr(0, kLookedAt)), kFailureWords);
}

}  // namespace

bool comes_as_notice(const Mail& mail) {
  if (holds_any(mail.from, kAuthors) || has_null_return_path(mail)) return true;
  if (mail.from.empty() || mail.from == "<>") return true;
  for (auto name : {"X-Failed-Recipients", "X-Amz-Sns-Message-Id"})
    if (mail.header.find(name) != nullptr) return true;
  return !is_answer(mail.subject) && holds_any(mail.subject, kSubjects);
}

std::optional<Reading> read_layout(const Mail& mail) {
  if (!comes_as_notice(mail)) return std::nullopt;
  auto delay = tells_of_delay(mail.subject) ? Action::delayed : Action::failed;
  if (auto match = layouts::find_row(mail)) {
    const auto& row = *match->row;
    auto action = row.action == Action::failed ? delay : row.action;
    auto failures = row.read({mail, row.system, match->line, action});
    if (failures.empty()) failures = layouts::read_unknown({mail, row.system, 0, action});
    return Reading{row.system, std::move(failures)};
  }
  if (mail.lines.empty() || !speaks_of_failure(mail)) return std::nullopt;
  auto failures = layouts::read_unknown({mail, {}, 0, delay});
  if (failures.empty()) return std::nullopt;
  return Reading{{}, std::move(failures)};
}

}  // namespace mailtrust::bounce
