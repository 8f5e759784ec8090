#pragma once
// The from clause of a Received field: who was connected, in the dialects of the servers that
// write it (Postfix, Exim, Sendmail, qmail, Exchange, Gmail, Yahoo, Courier, CommuniGate, ...).

#include <optional>
#include <string>
#include <string_view>

#include "net/address.hpp"
#include "received/tokens.hpp"

namespace mailtrust::received {

struct Peer {
  std::optional<net::Address> ip;  ///< as the server saw it, never what the client said; unmapped
  /// The server wrote the address alone ("from [192.0.2.1] by"), where those that note no address
  /// at all write what the client said: it may be either, and proves nothing.
  bool ip_may_be_helo = false;
  std::string helo;            ///< as the client said it, brackets kept
  std::string name;            ///< from reverse DNS; empty: none, or "unknown"
  bool name_verified = false;  ///< the dialect gives only names that lead back to the address
  std::string ident;           ///< RFC 1413
};

/// An address as servers write it: brackets, "IPv6:", a port, a zone id come off; ::ffff:0:0/96 is
/// IPv4. Nothing for anything else.
std::optional<net::Address> read_address(std::string_view text);

/// Is the comment `HELO name`, `EHLO name` (qmail, Yahoo, CommuniGate) or `LHLO name` (Zimbra)?
bool is_helo(std::string_view comment);

/// `traits`: of the whole field (received/dialect.hpp).
Peer read_peer(const Clauses& clauses, unsigned traits);

}  // namespace mailtrust::received
