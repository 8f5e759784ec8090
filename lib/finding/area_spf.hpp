#pragma once
// Findings about SPF records. RFC 7208.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kSpf = std::to_array<Entry>({
    {"spf.missing", Severity::error, "RFC 7208 section 4.5", "No SPF record",
     "The domain publishes no TXT record that starts with \"v=spf1\".\n"
     "\n"
     "Receivers cannot tell its mail servers from anybody else's, and large ones refuse or doubt "
     "mail from such a domain. Publish a record that names your senders, or, if the domain sends "
     "no "
     "mail, one that says so:\n"
     "\n"
     "    example.org. IN TXT \"v=spf1 -all\""},
    {"spf.too-many-lookups", Severity::error, "RFC 7208 section 4.6.4", "More than 10 lookup terms",
     "The terms include, a, mx, ptr, exists and redirect cost a DNS lookup each, and those inside "
     "included records count too. A record that needs more than 10 is a permanent error: many "
     "receivers then treat every message as if there were no SPF record, or refuse it.\n"
     "\n"
     "Remove includes of services you no longer use, replace a and mx by ip4 and ip6 where the "
     "addresses are stable, or let mailtrust do it:\n"
     "\n"
     "    mailtrust spf flatten example.org"},
});

}  // namespace mailtrust::finding
