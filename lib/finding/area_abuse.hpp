#pragma once
// Findings about who answers for an address. RFC 9083, RFC 2142.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kAbuse = std::to_array<Entry>({
    {"abuse.internal-address", Severity::info, "RFC 6890", "An address of no host of the Internet",
     "Private, loopback, link-local, multicast and reserved addresses belong to nobody in "
     "particular: the same one is in use in many networks at once, or in none. No registry was "
     "asked.\n"
     "\n"
     "Look in your own network, or for the address behind which this one stands: in the headers of "
     "a message that is the one your own server noted (mailtrust received)."},
    {"abuse.no-contact", Severity::warning, "RFC 2142 section 2", "Nobody is named for abuse",
     "The registry has no mail address of whoever has this network, or has only placeholders, and "
     "neither the abuse contact zone of DNS nor the name of the address leads to one.\n"
     "\n"
     "Look at the network above it, or ask its upstream provider (the origin of the route, in any "
     "looking glass). Registries want to hear of networks without a contact: RIPE NCC, ARIN, "
     "APNIC, LACNIC and AFRINIC all require one."},
    {"abuse.not-asked", Severity::info, "mailtrust-abuse(1)", "The registries were not asked",
     "With --zone the world is what the zone files say, and no server of the Internet is asked. "
     "What DNS names as a contact is told; that nobody is named cannot be.\n"
     "\n"
     "Without --zone the registries are asked. Beside --zone, name a server with --rdap-base or "
     "--whois-server."},
    {"abuse.old-bootstrap", Severity::info, "RFC 9224",
     "The registry was looked up in an old table",
     "Which registry has a block is told by a table of IANA's. It is fetched once a day and kept "
     "in "
     "the store; where that is not possible the table built into this program is used, which is of "
     "the day that the message tells. Blocks have changed hands since: then the registry asked "
     "sends us on, or knows nothing of the address.\n"
     "\n"
     "Let https://data.iana.org/rdap/ be reached, or keep a copy of ipv4.json and ipv6.json "
     "somewhere and name it with --rdap-bootstrap."},
    {"abuse.unanswered", Severity::warning, "RFC 9083 section 6",
     "Somebody who might know did not answer",
     "A registry, a whois server or DNS gave no usable answer: a time-out, an error, a refusal, "
     "too much, a redirect to where we do not follow, or something that is no answer to the "
     "question. What it would have said is not known; a contact that another one named stands all "
     "the same.\n"
     "\n"
     "Ask again later. A server that asked us to come back later is left alone for the rest of a "
     "run. With --timeout a slow one has more time; with --rdap-base and --whois-server another "
     "one is asked."},
    {"abuse.undeliverable", Severity::warning, "RFC 7505", "A contact that takes no mail",
     "The domain of the mail address does not exist, has neither an MX record nor an address, or "
     "says by a null MX that it takes no mail. What is sent there bounces. Such contacts are "
     "listed "
     "last.\n"
     "\n"
     "Write to the others. Where there is none, tell the registry: it can make the holder of the "
     "network mend the record."},
});

}  // namespace mailtrust::finding
