#pragma once
// What the local part of a mail address tells of who reads there. RFC 2142 (mailbox names for
// common services).

#include <string_view>

namespace mailtrust::registration {

/// Best first for a complaint.
enum class Desk {
  abuse,     ///< abuse, spam, phishing, ...
  security,  ///< cert, csirt, security, ...
  noc,
  general,  ///< another desk that no single person reads: postmaster, hostmaster, support, info
  unknown,  ///< a person, most likely
};

/// Letters of any case; words within it count: "network-abuse", "ftel.noc.net", "mail-abuse".
Desk desk_of(std::string_view local);

/// Does nobody read there: nobody, unread, noreply, none?
bool is_nobody(std::string_view local);

}  // namespace mailtrust::registration
