#include "bounce/classify.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"
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
};

Decision by(const Rule& rule) {
  return {rule.reason, rule.id};
}

bool is_firm(const Rule* rule) {
  return rule != nullptr && rule->weight != Weight::weak;
}

// See classify.hpp for the order.
Decision decide(const Matches& found, const std::optional<Status>& status, int code,
                std::string_view command) {
  if (is_firm(found.receiver)) return by(*found.receiver);
  if (is_firm(found.general)) return by(*found.general);
  if (found.receiver != nullptr) return by(*found.receiver);
  auto meaning = status ? meaning_of(*status) : CodeMeaning{};
  if (found.general != nullptr && (meaning.rule.empty() || meaning.vague))
    return by(*found.general);
  if (meaning.rule.empty()) meaning = meaning_of(code, command);
  return {meaning.reason, meaning.rule};
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

// Which command was answered, where the reader of the notice did not say: Postfix "(in reply to end
// of DATA command)", Exim "after RCPT TO:<...>", "after initial connection".
std::string_view command_told(std::string_view diagnostic) {
  struct Row {
    std::string_view words, command;
  };

  static constexpr Row kRows[] = {
      {"in reply to end of DATA", "DATA"},
      {"in reply to DATA", "DATA"},
      {"in reply to RCPT", "RCPT"},
      {"in reply to MAIL", "MAIL"},
      {"in reply to EHLO", "EHLO"},
      {"in reply to HELO", "EHLO"},
      {"after end of data", "DATA"},
      {"after DATA", "DATA"},
      {"after RCPT TO", "RCPT"},
      {"after MAIL FROM", "MAIL"},
      {"after pipelined", ""},
      {"after EHLO", "EHLO"},
      {"after HELO", "EHLO"},
      {"after initial connection", "CONNECT"},
  };
  for (const auto& row : kRows)
    if (diagnostic.find(row.words) != std::string_view::npos) return row.command;
  return {};
}

// Did the server know nobody of this name? Only an answer to RCPT, or a status about the address,
// proves it. A server that took the recipient and refuses after the message knows the mailbox, and
// where a notice quotes a reply without its command that may have been so. What a person asks
// about, and what a server says of its own mailboxes (no code), is taken at its word.
bool proves_absence(const Failure& failure, std::string_view command, int code,
                    const std::optional<Status>& status) {
  if (status && (status->subject == 1 || status->subject == 2)) return true;
  if (ascii::iequals(command, "DATA")) return false;
  return !command.empty() || code == 0 || failure.system.empty();
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
  auto diagnostic = std::string_view(failure.diagnostic).substr(0, limits::kDiagnostic);
  auto reply = read_reply(diagnostic);
  auto status = most_telling(failure, reply);
  auto code = reply.code != 0 ? reply.code : failure.code;
  auto found = find_rules(diagnostic, reply,
                          {receiver_of(failure), reply.status, failure.status, code != 0});
  auto command =
      failure.command.empty() ? command_told(diagnostic) : std::string_view(failure.command);
  auto [said, rule] = decide(found, status, code, command);
  auto reason =
      in_context(said, code != 0 ? command : "", proves_absence(failure, command, code, status));
  Verdict verdict{reason, type_of(reason), status, rule};
  if (verdict.type == Type::hard &&
      (says_try_again(code, status) || failure.action == Action::delayed))
    verdict.type = Type::soft;
  return verdict;
}

}  // namespace mailtrust::bounce
