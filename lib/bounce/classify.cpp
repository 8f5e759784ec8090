#include "bounce/classify.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "bounce/layouts/hints.hpp"
#include "bounce/matcher.hpp"
#include "bounce/status_meaning.hpp"

namespace mailtrust::bounce {
namespace {

bool says_something(const std::optional<Status>& status) {
  return status && status->says_something();
}

std::optional<Status> most_telling(const Failure& failure, const Reply& reply) {
  if (says_something(reply.status)) return reply.status;
  if (says_something(failure.status)) return failure.status;
  return reply.status ? reply.status : failure.status;
}

struct Decision {
  Reason reason = Reason::undetermined;
  std::string_view rule;
  bool proof = false;  // see Rule::proof
};

Decision by(const Rule& rule) {
  return {rule.reason, rule.id, rule.proof};
}

bool is_firm(const Rule* rule) {
  return rule != nullptr && rule->weight > Weight::weak;
}

// See classify.hpp for the order.
Decision decide(const Matches& found, const std::optional<Status>& status, int code,
                std::string_view command, std::string_view category) {
  if (is_firm(found.receiver)) return by(*found.receiver);
  if (is_firm(found.general)) return by(*found.general);
  if (found.receiver != nullptr) return by(*found.receiver);
  auto meaning = status ? meaning_of(*status) : CodeMeaning{};
  if (found.general != nullptr && (meaning.rule.empty() || meaning.vague))
    return by(*found.general);
  if (meaning.rule.empty() && !category.empty()) meaning = meaning_of_category(category);
  if (meaning.rule.empty()) meaning = meaning_of(code, command);
  return {meaning.reason, meaning.rule, false};
}

// Gmail's older notices: "Google tried to deliver your message, but it was rejected by the
// recipient domain. ... The error that the other server returned was: 550 ...".
std::string_view without_frame(std::string_view diagnostic) {
  constexpr std::string_view kFrame = "other server returned was:";
  auto at = diagnostic.find(kFrame);
  return at == std::string_view::npos ? diagnostic : diagnostic.substr(at + kFrame.size());
}

// The words of the reply; where they are nobody's, what stands before it too.
Matches find_rules(std::string_view diagnostic, const Reply& reply, const Clues& clues) {
  auto found = match_rules(reply.text, clues);
  if (is_firm(found.receiver) || is_firm(found.general)) return found;
  if (reply.text.size() + 4 >= diagnostic.size()) return found;
  auto wider = match_rules(diagnostic, clues);
  if (wider.receiver != nullptr) found.receiver = wider.receiver;
  if (is_firm(wider.general) || found.general == nullptr) found.general = wider.general;
  return found;
}

// Did the server know nobody of this name? An answer to RCPT proves it, or a status about the
// address (X.1). A server that took the recipient and refuses after the message knows the mailbox;
// X.2 says of a mailbox that it is there; and where a notice quotes a reply without its command it
// may have been so. What a person asks about, and what a system that we know says of its own
// mailboxes (no code), is taken at its word.
bool proves_absence(const Failure& failure, std::string_view command, int code,
                    const std::optional<Status>& status) {
  constexpr int kAddressing = 1;  // RFC 3463 section 3.2
  if (status && status->subject == kAddressing) return true;
  if (failure.category == "bad-mailbox") return true;
  if (ascii::iequals(command, "DATA")) return false;
  if (!command.empty() || failure.system.empty()) return true;
  return code == 0 && failure.system != kUnknownSystem;
}

// A DNS that did not have the name is to be asked again when who asked it says so.
Reason while_trying(Reason reason, bool try_again) {
  return reason == Reason::bad_domain && try_again ? Reason::network_error : reason;
}

// An answer to MAIL is about the sender, one to EHLO about the host that greets. A connection that
// was never made has no code.
Reason in_context(Reason reason, std::string_view command, bool proven) {
  bool nobody = reason == Reason::bad_mailbox || reason == Reason::bad_domain;
  if (nobody && ascii::iequals(command, "MAIL")) return Reason::sender_rejected;
  bool about_host = ascii::iequals(command, "EHLO") || ascii::iequals(command, "HELO") ||
                    ascii::istarts_with(command, "CONN");
  if (nobody && about_host) return Reason::ip_blocked;
  return reason == Reason::bad_mailbox && !proven ? Reason::recipient_rejected : reason;
}

bool says_try_again(int code, const std::optional<Status>& status) {
  return (code >= 400 && code < 500) || (status && status->class_code == 4);
}

}  // namespace

Verdict classify(const Failure& failure) {
  if (failure.action == Action::delivered || failure.action == Action::relayed ||
      failure.action == Action::expanded)
    return {Reason::delivered, Type::notbounce, failure.status, "action.delivered"};
  auto whole = std::string_view(failure.diagnostic).substr(0, limits::kDiagnostic);
  auto command =
      failure.command.empty() ? layouts::command_in(whole) : std::string_view(failure.command);
  auto diagnostic = without_frame(whole);
  auto reply = read_reply(diagnostic);
  auto status = most_telling(failure, reply);
  auto code = reply.code != 0 ? reply.code : failure.code;
  auto found = find_rules(diagnostic, reply,
                          {receiver_of(failure), reply.status, failure.status, code != 0, command});
  auto [said, rule, proof] = decide(found, status, code, command, failure.category);
  bool proven = proof || proves_absence(failure, command, code, status);
  bool try_again = says_try_again(code, status) || failure.action == Action::delayed ||
                   (failure.status && failure.status->class_code == 4);
  auto reason = while_trying(in_context(said, code != 0 ? command : "", proven), try_again);
  Verdict verdict{reason, type_of(reason), status, rule};
  if (verdict.type == Type::hard && try_again) verdict.type = Type::soft;
  return verdict;
}

}  // namespace mailtrust::bounce
