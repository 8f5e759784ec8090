#include "bounce/classify.hpp"

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
  if (status)
    if (auto meaning = meaning_of(*status); !meaning.rule.empty())
      return {meaning.reason, meaning.rule};
  if (found.general != nullptr) return by(*found.general);
  auto meaning = meaning_of(code, command);
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
  auto found = find_rules(diagnostic, reply, {receiver_of(failure), reply.status, failure.status});
  auto [reason, rule] = decide(found, status, code, failure.command);
  Verdict verdict{reason, type_of(reason), status, rule};
  if (verdict.type == Type::hard &&
      (says_try_again(code, status) || failure.action == Action::delayed))
    verdict.type = Type::soft;
  return verdict;
}

}  // namespace mailtrust::bounce
