#pragma once
// The words for what became of a message: how lasting it is, what it is about, why.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mailtrust::bounce {

enum class Type : std::uint8_t {
  hard,       ///< this address will never work
  soft,       ///< it says nothing against the address
  notbounce,  ///< a complaint, an automatic reply, a delivery
  unknown,
};

enum class Family : std::uint8_t {
  recipient,
  mailbox,
  content,
  reputation,
  authentication,
  rate,
  policy,
  network,
  system,
  unknown,
  notbounce,
};

/// Where the borders run:
/// - bad_mailbox is told by the server that keeps the mailbox, as an answer to RCPT or with a
///   status about addresses (X.1). Refused after the message was taken in, by a filter, with X.2
///   ("the mailbox is there, but"), or quoted without the command it answered, whatever the words:
///   recipient_rejected (soft: the address may be good). Few receivers answer so after DATA and
///   mean that they know nobody (Yahoo); Rule::proof marks their words. Others mean the recipient's
///   own filter then (docomo, au).
/// - bad_domain is not in the DNS; no_mail_service is, but names no host for mail (RFC 7505) or a
///   host that takes none (RFC 7504); a DNS that did not answer, or is to be asked again (a code or
///   status of class 4, a delay), is a network_error.
/// - ip_blocked is the host by its address or name, bad_reputation what it has sent before,
///   missing_ptr its name in the DNS. sender_rejected is the address or domain in MAIL or From,
///   auth_failure what should prove it.
/// - spam_content, virus and content_rejected need words about the message; policy is a rule that
///   the receiver does not explain, also greylisting and the sender's own suppression list, and a
///   "protocol violation" that is a refusal rather than a command that was not understood.
/// - security is a login or TLS that is wanted, or a right to send that is missing; relay_denied is
///   a domain that the server is not there for.
/// - expired: nobody answered in time. network_error: the answer was no connection, or a loop.
/// - system_error: a fault over there; protocol_error: a command that was not understood.
enum class Reason : std::uint8_t {
  bad_mailbox,         ///< nobody has this address
  bad_domain,          ///< the domain is not there
  moved,               ///< the address has a successor
  no_mail_service,     ///< the domain takes no mail (RFC 7505)
  recipient_rejected,  ///< refused for this recipient, after or beside checks of the sender
  inactive_mailbox,    ///< disabled, suspended, not yet active
  mailbox_full,
  message_too_large,
  spam_content,
  virus,
  content_rejected,   ///< an attachment, a word, a character set
  malformed_message,  ///< not as RFC 5322 has it
  ip_blocked,         ///< on a block list, the public's or the receiver's own
  bad_reputation,
  missing_ptr,
  auth_failure,  ///< SPF, DKIM, DMARC
  rate_limited,  ///< too many connections, messages, recipients
  sender_rejected,
  relay_denied,
  policy,
  security,  ///< TLS or a login is wanted, or failed
  expired,   ///< given up after the time in the queue
  network_error,
  system_error,
  protocol_error,
  undetermined,
  delivered,
  complaint,
  auto_reply,
};

inline constexpr std::size_t kReasons = 29;

std::string_view to_string(Type type);
std::string_view to_string(Family family);
std::string_view to_string(Reason reason);  ///< "bad_mailbox": the words of the output

Type type_of(Reason reason);  ///< the usual one; see Verdict for exceptions
Family family_of(Reason reason);

std::optional<Reason> parse_reason(std::string_view word);

}  // namespace mailtrust::bounce
