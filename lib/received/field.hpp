#pragma once
// One Received field: what the server that wrote it says of a hop. RFC 5321 section 4.4, RFC 3848
// (protocol words), and the dialects of servers.

#include <string>
#include <string_view>

#include "base/limits.hpp"
#include "received/peer.hpp"

namespace mailtrust::received {

struct Field {
  Peer peer;
  bool has_from = false;
  std::string by;             ///< the host that wrote it, as it calls itself
  std::string protocol;       ///< after "with", else "via", as written: "Microsoft SMTP Server"
  std::string id;             ///< without angle brackets
  std::string recipient;      ///< after "for", without angle brackets
  std::string envelope_from;  ///< where the server noted it (Exim): without angle brackets
  bool has_envelope_from = false;
  std::string date;            ///< after the last `;`, as written
  bool authenticated = false;  ///< the client showed who it is (RFC 4954), by protocol or comment
  unsigned traits = 0;         ///< what else its words mean (received/dialect.hpp)

  [[nodiscard]] bool over_http() const;      ///< a webmail server wrote it
  [[nodiscard]] bool is_submission() const;  ///< over HTTP, or by a client that showed who it is
  [[nodiscard]] bool over_smtp() const;      ///< SMTP in any of its kinds, not LMTP
  [[nodiscard]] bool was_fetched() const;    ///< IMAP or POP3: the peer kept the mailbox
  [[nodiscard]] bool is_local() const;       ///< LMTP, UUCP, a filter: no client on the network
};

/// `value` may be folded. Never fails; linear; octets after limits::kReceivedField are not read.
Field parse_field(std::string_view value);

}  // namespace mailtrust::received
