#pragma once
// Findings about how check_host() ended where a record could not be judged. RFC 7208 section 2.6.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kSpfResult = std::to_array<Entry>({
    {"spf.not-a-domain", Severity::error, "RFC 7208 section 4.3", "No domain to check",
     "The identity that was checked is no domain that can have an SPF record: it is an address "
     "literal, a single label such as \"localhost\", or malformed. The result is none.\n"
     "\n"
     "For a HELO name this is common, and a reason for receivers to doubt the client. Let the "
     "server greet with its full name, one that has an address record:\n"
     "\n"
     "    myhostname = mail.example.org"},
    {"spf.permerror", Severity::error, "RFC 7208 section 2.6.7", "The SPF record cannot be used",
     "A record that took part in the check breaks the rules: a term is misspelled, there are two "
     "records, an include leads to a domain without one, or the limits on lookups are exceeded. "
     "The result is permerror, whatever the client's address.\n"
     "\n"
     "Receivers treat that as if there were no record, or refuse the mail. The message says which "
     "term of which domain is at fault. All the faults of a record, each with its repair, are "
     "shown by:\n"
     "\n"
     "    mailtrust spf check example.org"},
    {"spf.temperror", Severity::warning, "RFC 7208 section 2.6.6", "DNS did not answer",
     "A question the check had to ask was not answered: a timeout, a server failure, or an answer "
     "that was none. So the result is not known, and mailtrust does not guess.\n"
     "\n"
     "Receivers ask the sender to try again later, so mail is delayed, not lost. If it stays so, "
     "look at the name servers of the name in the message; if it is an include of a service, tell "
     "its operator."},
});

}  // namespace mailtrust::finding
