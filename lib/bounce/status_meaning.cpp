#include "bounce/status_meaning.hpp"

#include "base/ascii.hpp"

namespace mailtrust::bounce {
namespace {

struct StatusRow {
  int class_code;  // 0: 4 and 5
  int subject;
  int detail;
  Reason reason;
  std::string_view rule;
  bool vague = false;
};

constexpr StatusRow kStatusCodes[] = {
#include "bounce/status_codes.inc"
};

// By what the command asks for: MAIL is about the sender, RCPT about the recipient, what comes
// before about the host. After DATA, it was taken in and then not wanted.
CodeMeaning refused(std::string_view command) {
  if (ascii::iequals(command, "MAIL")) return {Reason::sender_rejected, "code.mail"};
  if (ascii::iequals(command, "RCPT")) return {Reason::recipient_rejected, "code.rcpt"};
  if (ascii::iequals(command, "DATA")) return {Reason::recipient_rejected, "code.data"};
  if (ascii::iequals(command, "EHLO") || ascii::iequals(command, "HELO") ||
      ascii::istarts_with(command, "CONN"))
    return {Reason::ip_blocked, "code.helo"};
  if (ascii::iequals(command, "AUTH") || ascii::iequals(command, "STARTTLS"))
    return {Reason::security, "code.auth"};
  return {};
}

struct CategoryRow {
  std::string_view category;
  CodeMeaning meaning;
};

// PowerMTA User's Guide, "Bounce categories", as of 2026-11. It has them from the words of the
// reply.
constexpr CategoryRow kCategories[] = {
    {"bad-configuration", {Reason::system_error, "category.bad-configuration"}},
    {"bad-connection", {Reason::network_error, "category.bad-connection"}},
    {"bad-domain", {Reason::bad_domain, "category.bad-domain"}},
    {"bad-mailbox", {Reason::bad_mailbox, "category.bad-mailbox"}},
    {"content-related", {Reason::content_rejected, "category.content-related"}},
    {"inactive-mailbox", {Reason::inactive_mailbox, "category.inactive-mailbox"}},
    {"invalid-sender", {Reason::sender_rejected, "category.invalid-sender"}},
    {"message-expired", {Reason::expired, "category.message-expired"}},
    {"no-answer-from-host", {Reason::expired, "category.no-answer-from-host"}},
    {"policy-related", {Reason::policy, "category.policy-related"}},
    {"protocol-errors", {Reason::protocol_error, "category.protocol-errors"}},
    {"quota-issues", {Reason::mailbox_full, "category.quota-issues"}},
    {"relaying-issues", {Reason::relay_denied, "category.relaying-issues"}},
    {"routing-errors", {Reason::network_error, "category.routing-errors"}},
    {"spam-related", {Reason::spam_content, "category.spam-related"}},
    {"virus-related", {Reason::virus, "category.virus-related"}},
};

}  // namespace

CodeMeaning meaning_of_category(std::string_view category) {
  for (const auto& row : kCategories)
    if (row.category == category) return row.meaning;
  return {};
}

CodeMeaning meaning_of(const Status& status) {
  if (status.class_code == 2) return {};
  for (const auto& row : kStatusCodes)
    if (row.subject == status.subject && row.detail == status.detail &&
        (row.class_code == 0 || row.class_code == status.class_code))
      return {row.reason, row.rule, row.vague};
  return {};
}

CodeMeaning meaning_of(int code, std::string_view command) {
  switch (code) {
    case 421: return {Reason::system_error, "code.421"};  // closing the channel
    case 451: return {Reason::system_error, "code.451"};  // local error
    case 452: return {Reason::system_error, "code.452"};  // storage of the system
    case 454: return {Reason::security, "code.454"};      // RFC 3207, RFC 4954
    case 455:
    case 500:
    case 501:
    case 502:
    case 503:
    case 504:
    case 555: return {Reason::protocol_error, "code.syntax"};
    case 521: return {Reason::no_mail_service, "code.521"};  // RFC 7504
    case 530:
    case 534:
    case 535:
    case 538: return {Reason::security, "code.530"};         // RFC 4954, RFC 3207
    case 551: return {Reason::moved, "code.551"};            // RFC 5321 section 3.4
    case 552: return {Reason::mailbox_full, "code.552"};     // storage allocation exceeded
    case 556: return {Reason::no_mail_service, "code.556"};  // RFC 7504
    default: return code >= 400 ? refused(command) : CodeMeaning{};
  }
}

}  // namespace mailtrust::bounce
