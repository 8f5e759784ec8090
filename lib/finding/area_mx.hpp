#pragma once
// Findings about where a domain's mail is received. RFC 5321 section 5.1, RFC 7505.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kMx = std::to_array<Entry>({
    {"mx.missing", Severity::warning, "RFC 5321 section 5.1", "No MX record",
     "The domain publishes no MX record. Senders then fall back to its A or AAAA address "
     "(the implicit MX), which is seldom meant.\n"
     "\n"
     "If the domain receives mail, publish an MX that names the mail host. If it does not, say "
     "so with a null MX, so that mail to it fails at once instead of after days:\n"
     "\n"
     "    example.org. IN MX 0 ."},
    {"mx.null", Severity::info, "RFC 7505", "Null MX: accepts no mail",
     "The domain publishes \"MX 0 .\": it accepts no mail at all. Senders give up at once.\n"
     "\n"
     "That is right for a domain that only serves a web site. Publish \"v=spf1 -all\" and a DMARC "
     "policy of reject too, so that nobody can send in its name. If the domain should receive "
     "mail, "
     "replace the null MX by the name of the mail host."},
});

}  // namespace mailtrust::finding
