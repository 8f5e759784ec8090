#pragma once
// Findings about where a domain's mail is received. RFC 5321 section 5.1, RFC 7505.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kMx = std::to_array<Entry>({
    {"mx.address-as-name", Severity::error, "RFC 5321 section 5.1", "The MX names an address",
     "An MX record must name a host. One that holds an IP address is read as a host name of four "
     "numeric labels, which does not exist, so most senders cannot deliver.\n"
     "\n"
     "Give the mail host a name with an A or AAAA record and put that name into the MX record:\n"
     "\n"
     "    mail.example.org. IN A 192.0.2.25\n"
     "    example.org. IN MX 10 mail.example.org."},
    {"mx.alias", Severity::warning, "RFC 2181 section 10.3", "The MX names a CNAME",
     "The name in an MX record must have addresses of its own; it may not be an alias. Most "
     "senders "
     "follow the alias all the same, some refuse, and loop detection in mail servers breaks.\n"
     "\n"
     "Name the host that the CNAME leads to, or give the exchange the addresses themselves."},
    {"mx.dns-trouble", Severity::warning, "RFC 5321 section 5.1", "Could not tell where mail goes",
     "The question for the MX record or for the address of an exchange had no usable answer: a "
     "time-out, a server failure, a refusal or an answer to another question.\n"
     "\n"
     "That does not mean that the record is missing. Ask again; ask another resolver with "
     "--resolver; if it stays so, look at the name servers of the domain. Senders meet the same "
     "trouble and keep the mail queued."},
    {"mx.missing", Severity::warning, "RFC 5321 section 5.1", "No MX record",
     "The domain publishes no MX record. Senders then fall back to its A or AAAA address (the "
     "implicit MX), which is seldom meant; without an address mail to it bounces.\n"
     "\n"
     "If the domain receives mail, publish an MX that names the mail host. If it does not, say so "
     "with a null MX, so that mail to it fails at once instead of after days:\n"
     "\n"
     "    example.org. IN MX 0 ."},
    {"mx.no-address", Severity::error, "RFC 5321 section 5.1", "An exchange has no address",
     "An MX record names a host that has neither an A nor an AAAA record. Senders skip it; when it "
     "is the only one, mail to the domain bounces.\n"
     "\n"
     "Add the host's address, or remove the MX record."},
    {"mx.no-such-domain", Severity::error, "RFC 8020", "The domain does not exist",
     "DNS says that there is no such name, so nothing below it exists either (RFC 8020). Mail from "
     "it is refused by many receivers, because no answer could be delivered.\n"
     "\n"
     "Check the spelling, that the registration has not lapsed, and that the name is delegated."},
    {"mx.null", Severity::info, "RFC 7505", "Null MX: accepts no mail",
     "The domain publishes \"MX 0 .\": it accepts no mail at all. Senders give up at once.\n"
     "\n"
     "That is right for a domain that only serves a web site. Publish \"v=spf1 -all\" and a DMARC "
     "policy of reject too, so that nobody can send in its name. If the domain should receive "
     "mail, "
     "replace the null MX by the name of the mail host."},
    {"mx.null-beside-others", Severity::error, "RFC 7505 section 3",
     "Null MX beside other MX records",
     "A null MX says that the domain accepts no mail, the other records say where it does. Senders "
     "disagree on which to believe, and some bounce.\n"
     "\n"
     "Remove the null MX, or all the others."},
    {"mx.unreachable-address", Severity::warning, "RFC 6890", "An exchange has an internal address",
     "An exchange has an address that nobody outside can reach: private use, loopback, link-local "
     "or reserved. Senders lose time on it or deliver to a machine of their own.\n"
     "\n"
     "Publish only public addresses; serve the internal ones from an internal DNS view."},
});

}  // namespace mailtrust::finding
