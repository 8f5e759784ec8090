#include "commands/bounce_words.hpp"

#include <algorithm>

namespace mailtrust::commands {
namespace {

std::string_view says_of_address(const bounce::Verdict& verdict) {
  bool may_pass =
      verdict.type == bounce::Type::soft && type_of(verdict.reason) == bounce::Type::hard;
  if (may_pass) return "soft: the code says that it may pass";
  switch (verdict.type) {
    case bounce::Type::hard: return "hard: the address will never work";
    case bounce::Type::soft: return "soft: it says nothing against the address";
    case bounce::Type::notbounce: return "no bounce";
    case bounce::Type::unknown: return "could not tell";
  }
  return "could not tell";
}

}  // namespace

std::string_view bounce_reason(bounce::Reason reason) {
  using bounce::Reason;
  switch (reason) {
    case Reason::bad_mailbox: return "no such mailbox";
    case Reason::bad_domain: return "no such domain";
    case Reason::moved: return "address given up for another";
    case Reason::no_mail_service: return "takes no mail at all";
    case Reason::recipient_rejected: return "refused for this recipient";
    case Reason::inactive_mailbox: return "mailbox switched off";
    case Reason::mailbox_full: return "mailbox full";
    case Reason::message_too_large: return "message too large";
    case Reason::spam_content: return "taken for spam";
    case Reason::virus: return "malware";
    case Reason::content_rejected: return "content refused";
    case Reason::malformed_message: return "malformed message";
    case Reason::ip_blocked: return "sending address blocked";
    case Reason::bad_reputation: return "poor reputation";
    case Reason::missing_ptr: return "sending address without a name";
    case Reason::auth_failure: return "sender not authenticated";
    case Reason::rate_limited: return "too much at once";
    case Reason::sender_rejected: return "sender refused";
    case Reason::relay_denied: return "relaying denied";
    case Reason::policy: return "refused by policy";
    case Reason::security: return "encryption or login wanted";
    case Reason::expired: return "not delivered in time";
    case Reason::network_error: return "no way to the server";
    case Reason::system_error: return "trouble at the receiver";
    case Reason::protocol_error: return "protocol error";
    case Reason::undetermined: return "no reason found";
    case Reason::delivered: return "delivered";
    case Reason::complaint: return "complaint";
    case Reason::auto_reply: return "automatic reply";
  }
  return "no reason found";
}

std::string bounce_headline(const bounce::Verdict& verdict) {
  // Its reason, a policy or a rate, sounds like a refusal; it is none.
  bool is_greylisted = verdict.rule.ends_with(".greylisted");
  std::string text(is_greylisted ? "to be tried again later" : bounce_reason(verdict.reason));
  text += " (";
  text += to_string(verdict.reason);
  text += "); ";
  return text += says_of_address(verdict);
}

std::string_view bounce_actor(bounce::Actor actor) {
  switch (actor) {
    case bounce::Actor::you: return "you, who send";
    case bounce::Actor::list_owner: return "whoever keeps the list of addresses";
    case bounce::Actor::receiver: return "the receiver's postmaster";
    case bounce::Actor::recipient: return "the recipient";
    case bounce::Actor::nobody: return "nobody";
  }
  return "nobody";
}

std::string on_one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

}  // namespace mailtrust::commands
