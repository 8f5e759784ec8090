#pragma once
// Findings about what an SPF record leads to: limits, includes, DNS. RFC 7208.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kSpfTree = std::to_array<Entry>({
    {"spf.bad-name", Severity::warning, "RFC 7208 section 4.8", "A term does not name a domain",
     "With its macros expanded, the term gives no valid domain name (an empty label, one of more "
     "than 63 octets). It can match nobody.\n\n"
     "Correct the name, or remove the term."},
    {"spf.dns-trouble", Severity::warning, "RFC 7208 section 4.4", "DNS did not tell",
     "A name server did not answer, or answered with a failure, so a part of the record could not "
     "be judged. A receiver in that moment gets a temporary error and may delay the mail.\n\n"
     "Try again; if it stays, ask whoever runs the zone of the name that is given. What is "
     "reported without it is not complete."},
    {"spf.include-broken", Severity::error, "RFC 7208 section 5.2", "An included record is wrong",
     "The target of an include or redirect publishes a record with an error, or several records. "
     "Whoever includes it inherits the permanent error, for every sender that comes to that "
     "term.\n\n"
     "Tell its owner. Until it is mended, remove the include, or replace it by the addresses that "
     "are needed."},
    {"spf.include-loop", Severity::error, "RFC 7208 section 4.6.4", "Records include each other",
     "The include or redirect leads back to a record that led here. An evaluation goes round until "
     "the limit of ten lookups ends it with a permanent error.\n\n"
     "Remove the term that closes the circle; the record it names is already being evaluated."},
    {"spf.include-missing", Severity::error, "RFC 7208 section 5.2",
     "An included record is missing",
     "The target of an include or redirect has no SPF record. That is a permanent error for every "
     "sender that comes to that term: usually for all your mail that is not matched before it. It "
     "happens when a service is closed or renames its record.\n\n"
     "Remove the term, or write the name that the service gives today."},
    {"spf.lookups-disputed", Severity::warning, "RFC 7208 section 4.6.4",
     "Within the limit by the standard, over it for some",
     "The standard counts the terms that are evaluated. Some receivers and most checking tools "
     "count differently: terms behind \"all\", or each host of an mx. By their count this record "
     "needs more than ten lookups, and mail may be refused there.\n\n"
     "Remove what is never evaluated, and replace mx by ip4: and ip6: where the hosts are stable."},
    {"spf.macro-include", Severity::info, "RFC 7208 section 7", "An include depends on the message",
     "The name of the included record holds macros that only a message fills in (such as the "
     "sender's address). Which addresses it authorizes cannot be listed, nor its lookups counted "
     "beyond the first.\n\n"
     "That is how some services keep a record short; nothing needs to be done. Test single "
     "addresses with: mailtrust spf test DOMAIN --ip ADDRESS"},
    {"spf.near-lookup-limit", Severity::warning, "RFC 7208 section 4.6.4",
     "Close to the limit of 10 lookups",
     "The record needs nine or ten of the ten lookups it may. The next service you add, or a "
     "change that a provider makes to its record without asking you, breaks SPF for all your "
     "mail.\n\n"
     "Remove includes of services that you no longer use, and replace a and mx by ip4: and ip6: "
     "where addresses are stable."},
    {"spf.too-many-lookups", Severity::error, "RFC 7208 section 4.6.4", "More than 10 lookup terms",
     "The terms include, a, mx, ptr, exists and redirect cost a DNS lookup each, and those inside "
     "included records count too. A record that needs more than 10 is a permanent error: many "
     "receivers then treat every message as if there were no SPF record, or refuse it.\n\n"
     "Remove includes of services you no longer use, replace a and mx by ip4 and ip6 where the "
     "addresses are stable, or let mailtrust do it:\n\n"
     "    mailtrust spf flatten example.org"},
    {"spf.too-many-mx", Severity::error, "RFC 7208 section 4.6.4",
     "\"mx\" of a domain with more than 10 exchanges",
     "The mx mechanism may lead to at most ten exchanges; with more it is a permanent error for "
     "every sender that comes to that term.\n\n"
     "Name the hosts that send by a: or their addresses by ip4: and ip6:."},
    {"spf.too-many-voids", Severity::error, "RFC 7208 section 4.6.4",
     "More than 2 lookups find nothing",
     "Receivers stop with a permanent error at the third question of a record that is answered by "
     "nothing (no such name, or no address).\n\n"
     "Remove the terms that name hosts which no longer exist."},
    {"spf.void-lookup", Severity::warning, "RFC 7208 section 4.6.4",
     "A term asks for a name that is not there",
     "The term costs a lookup and matches nobody, because DNS has no such name or no address for "
     "it. Only two such void lookups are allowed. A name under a domain that has lapsed is worse: "
     "whoever registers it can send as you.\n\n"
     "Remove the term, or correct the name."},
    {"spf.voids-by-family", Severity::warning, "RFC 7208 section 4.6.4",
     "More than 2 void lookups for senders of one family",
     "A receiver asks for A records when the sender has an IPv4 address and for AAAA when it has "
     "an IPv6 one. Hosts with only one of the two count as void lookups for the other, and the "
     "third ends the evaluation with a permanent error. It hits senders of that family that are "
     "not matched before.\n\n"
     "Put the terms that match your own senders first, and name hosts with one family of addresses "
     "by ip4: or ip6:."},
});

}  // namespace mailtrust::finding
