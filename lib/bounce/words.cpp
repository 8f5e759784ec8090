#include "bounce/words.hpp"

#include <array>

namespace mailtrust::bounce {
namespace {

struct Word {
  Reason reason;
  std::string_view name;
  Type type;
  Family family;
};

// In the order of Reason.
constexpr std::array<Word, kReasons> kWords = {{
    {Reason::bad_mailbox, "bad_mailbox", Type::hard, Family::recipient},
    {Reason::bad_domain, "bad_domain", Type::hard, Family::recipient},
    {Reason::moved, "moved", Type::hard, Family::recipient},
    {Reason::no_mail_service, "no_mail_service", Type::hard, Family::recipient},
    {Reason::recipient_rejected, "recipient_rejected", Type::soft, Family::recipient},
    {Reason::inactive_mailbox, "inactive_mailbox", Type::soft, Family::mailbox},
    {Reason::mailbox_full, "mailbox_full", Type::soft, Family::mailbox},
    {Reason::message_too_large, "message_too_large", Type::soft, Family::content},
    {Reason::spam_content, "spam_content", Type::soft, Family::content},
    {Reason::virus, "virus", Type::soft, Family::content},
    {Reason::content_rejected, "content_rejected", Type::soft, Family::content},
    {Reason::malformed_message, "malformed_message", Type::soft, Family::content},
    {Reason::ip_blocked, "ip_blocked", Type::soft, Family::reputation},
    {Reason::bad_reputation, "bad_reputation", Type::soft, Family::reputation},
    {Reason::missing_ptr, "missing_ptr", Type::soft, Family::reputation},
    {Reason::auth_failure, "auth_failure", Type::soft, Family::authentication},
    {Reason::rate_limited, "rate_limited", Type::soft, Family::rate},
    {Reason::sender_rejected, "sender_rejected", Type::soft, Family::policy},
    {Reason::relay_denied, "relay_denied", Type::soft, Family::policy},
    {Reason::policy, "policy", Type::soft, Family::policy},
    {Reason::security, "security", Type::soft, Family::policy},
    {Reason::expired, "expired", Type::soft, Family::network},
    {Reason::network_error, "network_error", Type::soft, Family::network},
    {Reason::system_error, "system_error", Type::soft, Family::system},
    {Reason::protocol_error, "protocol_error", Type::soft, Family::system},
    {Reason::undetermined, "undetermined", Type::unknown, Family::unknown},
    {Reason::delivered, "delivered", Type::notbounce, Family::notbounce},
    {Reason::complaint, "complaint", Type::notbounce, Family::notbounce},
    {Reason::auto_reply, "auto_reply", Type::notbounce, Family::notbounce},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kReasons; ++i)
    if (static_cast<std::size_t>(kWords[i].reason) != i) return false;
  return true;
}

static_assert(in_order());

constexpr const Word& word(Reason reason) {
  return kWords[static_cast<std::size_t>(reason)];
}

}  // namespace

std::string_view to_string(Type type) {
  switch (type) {
    case Type::hard: return "hard";
    case Type::soft: return "soft";
    case Type::notbounce: return "notbounce";
    case Type::unknown: return "unknown";
  }
  return "unknown";
}

std::string_view to_string(Family family) {
  switch (family) {
    case Family::recipient: return "recipient";
    case Family::mailbox: return "mailbox";
    case Family::content: return "content";
    case Family::reputation: return "reputation";
    case Family::authentication: return "authentication";
    case Family::rate: return "rate";
    case Family::policy: return "policy";
    case Family::network: return "network";
    case Family::system: return "system";
    case Family::unknown: return "unknown";
    case Family::notbounce: return "notbounce";
  }
  return "unknown";
}

std::string_view to_string(Reason reason) {
  return word(reason).name;
}

Type type_of(Reason reason) {
  return word(reason).type;
}

Family family_of(Reason reason) {
  return word(reason).family;
}

std::optional<Reason> parse_reason(std::string_view text) {
  for (const auto& row : kWords)
    if (row.name == text) return row.reason;
  return std::nullopt;
}

}  // namespace mailtrust::bounce
