#pragma once
// Findings of what receivers report: DMARC aggregate reports (RFC 7489 appendix C, RFC 9990), SMTP
// TLS reports (RFC 8460).

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kReport = std::to_array<Entry>({
    {"report.damaged", Severity::warning, "RFC 7489 appendix C", "A report is damaged",
     "The file is cut short, is not well-formed, or holds values that are none. What is sound of "
     "it "
     "is counted, the rest is not; the message says what and where.\n"
     "\n"
     "Reports are cut by mail servers with size limits, and by reporters with faults of their own. "
     "Fetch the mail again if you can; if every report of one reporter is damaged, write to the "
     "address in its `email`."},
    {"report.duplicate", Severity::info, "RFC 7489 section 7.2.1.1", "A report was given twice",
     "Reporter, report id, domain and time are those of a report that was read before. It counts "
     "once. Reports are sent again when the first delivery looked as if it had failed, and the "
     "same "
     "report comes to every address in `rua`."},
    {"report.other-kind", Severity::info, "mailtrust-dmarc-report(1)", "A report of another kind",
     "Mailboxes for reports take all kinds. `mailtrust dmarc report` reads DMARC aggregate and "
     "failure reports, `mailtrust tls report` those about TLS, `mailtrust abuse read` complaints. "
     "What another command reads is passed over."},
    {"report.overridden", Severity::info, "RFC 7489 appendix C",
     "Reporters did other than the policy says",
     "A receiver may let pass what fails DMARC, or treat it more mildly, and says why: the mail "
     "came "
     "by a mailing list or a forwarder that it knows, the policy's `pct` left it out, or a rule of "
     "its own decided (`local_policy`).\n"
     "\n"
     "It counts as failed here. How much of it p=reject would really cost depends on the "
     "receiver."},
    {"report.own-fails", Severity::error, "RFC 7489 section 3.1", "Mail of your own fails DMARC",
     "These sources have something of the domain's: a signature, an SPF result, a host name within "
     "it, or neighbours that pass. Their mail fails all the same, so p=reject would lose it.\n"
     "\n"
     "Usual reasons: a key that is not published or does not fit (`mailtrust dkim check`), a "
     "server "
     "that SPF does not allow (`mailtrust spf check`), or strict alignment (`adkim=s`, `aspf=s`) "
     "where mail is signed by a subdomain."},
    {"report.policy-differs", Severity::warning, "RFC 7489 section 6.3",
     "Reporters saw different policies",
     "Over the same time some reporters saw one policy and some another. Then name servers answer "
     "differently, or an old record is still cached, or a reporter reads the record in its own "
     "way.\n"
     "\n"
     "`mailtrust dmarc check` says what is published now."},
    {"report.reporter-trouble", Severity::info, "RFC 7489 appendix C",
     "A reporter had trouble of its own",
     "The report holds `error` elements, by which a receiver says what it could not do."},
    {"report.spf-alone", Severity::warning, "RFC 7489 section 10.3", "Mail passes by SPF alone",
     "The mail is not signed with the domain, so that only SPF makes it pass. Whoever forwards it "
     "has another address, and then nothing passes: with p=reject it is lost.\n"
     "\n"
     "Sign with DKIM wherever mail is sent."},
    {"report.tls-failed", Severity::error, "RFC 8460 section 4.3", "Deliveries failed for TLS",
     "Senders could not deliver as your MTA-STS policy or your TLSA records ask. With `mode: "
     "enforce`, and with DANE always, the mail was not delivered.\n"
     "\n"
     "The result type says what was in the way; what each means, and what to do, stands beside "
     "it."},
    {"report.unaligned", Severity::error, "RFC 7489 section 3.1",
     "A service sends without your domain",
     "A mail service that is known sends with the domain in From, but signs and takes bounces in "
     "its "
     "own name. That passes SPF and DKIM, and fails DMARC, which asks for the domain in From.\n"
     "\n"
     "If you send by it, set up your domain there: publish the DKIM keys it shows you and, where "
     "it "
     "has that, a return path of your own. If you do not, somebody else does in your name, and "
     "p=reject is right."},
    {"report.unresolved", Severity::warning, "RFC 8601 section 3",
     "Names of addresses could not be looked up",
     "With --resolve the names of addresses are looked up, to tell your own hosts from strangers. "
     "DNS did not answer for some that nothing else speaks for, so whether they are yours could "
     "not "
     "be told."},
});

}  // namespace mailtrust::finding
