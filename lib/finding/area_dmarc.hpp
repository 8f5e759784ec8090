#pragma once
// Findings about DMARC policy records. RFC 9989.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kDmarc = std::to_array<Entry>({
    {"dmarc.dns-trouble", Severity::warning, "RFC 9989 section 4.10.1",
     "DNS did not tell the policy",
     "A question for the DMARC policy got no usable answer: a time-out, a server failure, a "
     "refusal. So it is not known which policy applies. Receivers that meet the same trouble put "
     "mail off or deliver it unchecked.\n"
     "\n"
     "Try again, or ask the domain's own servers with --resolver."},
    {"dmarc.historic-tag", Severity::info, "RFC 9989 appendix C.5.2", "Tag of the old standard",
     "The tags rf and ri belong to RFC 7489. RFC 9989 removed them: receivers ignore them.\n"
     "\n"
     "They do no harm and can be removed."},
    {"dmarc.missing", Severity::error, "RFC 9989 section 4.10.1", "No DMARC policy",
     "Neither the domain nor any domain above it publishes a DMARC policy. Anybody can write mail "
     "in its name, nobody reports that to you, and large receivers refuse bulk mail from such a "
     "domain.\n"
     "\n"
     "Begin by watching. This changes nothing about delivery and brings reports:\n"
     "\n"
     "    _dmarc.example.org. IN TXT \"v=DMARC1; p=none; rua=mailto:dmarc@example.org\"\n"
     "\n"
     "When the reports show that your own mail passes, go on to quarantine and reject. A domain "
     "that sends no mail can publish p=reject at once."},
    {"dmarc.multiple-records", Severity::error, "RFC 9989 section 4.10", "Several DMARC records",
     "There is more than one record with v=DMARC1 at the same name. Receivers must discard all of "
     "them, so the domain has no policy of its own.\n"
     "\n"
     "Leave exactly one."},
    {"dmarc.no-rua", Severity::warning, "RFC 9989 section 4.7", "No address for reports",
     "The record has no rua=. Receivers then send no aggregate reports, and you cannot see who "
     "sends in the domain's name or which of your own mail fails.\n"
     "\n"
     "Add a mailbox that something reads:\n"
     "\n"
     "    rua=mailto:dmarc@example.org"},
    {"dmarc.pct", Severity::warning, "RFC 9989 appendix A.6", "pct= no longer counts",
     "The tag pct applied a policy to a share of the failing mail. RFC 9989 removed it: receivers "
     "of today ignore it and apply the policy to all mail, older ones still draw lots.\n"
     "\n"
     "Remove pct. To try a policy out, add t=y: then the next weaker policy is applied."},
    {"dmarc.policy-none", Severity::warning, "RFC 9989 section 4.7", "Policy asks for nothing",
     "The policy that applies is \"none\": mail that fails is delivered as usual. That is right "
     "while you watch the reports, but it protects nobody.\n"
     "\n"
     "When your own mail passes, publish p=quarantine, then p=reject."},
    {"dmarc.psd", Severity::info, "RFC 9989 section 4.7", "Published as a public suffix",
     "The record has psd=y: it says that other parties register domains directly below this one. "
     "The domain one label below is then the organizational domain, and relaxed alignment does "
     "not reach across.\n"
     "\n"
     "Only registries publish psd=y. On a domain of your own, remove it."},
    {"dmarc.sp-weaker", Severity::warning, "RFC 9989 section 4.7", "Subdomains are protected less",
     "The policy for subdomains (sp= or np=) is weaker than p=. Who wants to forge mail then "
     "takes a subdomain, an invented one if need be.\n"
     "\n"
     "Remove sp= and np=, so that p= holds for all, or give at least np=reject: names that do not "
     "exist send no mail."},
    {"dmarc.syntax", Severity::error, "RFC 9989 section 4.8", "DMARC record with a syntax error",
     "Part of the record is not well formed, or a tag has a value that is not defined. Receivers "
     "ignore the part, or take the record for p=none; without a valid rua= they drop the whole "
     "record when a policy is invalid.\n"
     "\n"
     "Correct it. A sound record looks like this:\n"
     "\n"
     "    v=DMARC1; p=reject; rua=mailto:dmarc@example.org"},
    {"dmarc.testing", Severity::info, "RFC 9989 section 4.7", "Policy in test mode",
     "The record has t=y: receivers are asked to apply the next weaker policy, quarantine for "
     "reject and none for quarantine.\n"
     "\n"
     "When the reports show that your own mail passes, remove t=y."},
    {"dmarc.unauthorized-destination", Severity::warning, "RFC 9990 section 4",
     "Reports to a domain that has not agreed",
     "The record asks for reports to an address of another organization. Receivers send them only "
     "when that domain says in DNS that it takes them, so that nobody can flood others with "
     "reports. It does not say so: no reports come.\n"
     "\n"
     "Have this published in the zone of the domain that gets the reports, or a wildcard when it "
     "takes those of many:\n"
     "\n"
     "    example.org._report._dmarc.reports.example. IN TXT \"v=DMARC1\"\n"
     "    *._report._dmarc.reports.example. IN TXT \"v=DMARC1\"\n"
     "\n"
     "A service that evaluates reports does this for you when you register there; until then, use "
     "an address of your own."},
    {"dmarc.unknown-tag", Severity::info, "RFC 9989 section 4.7", "Tag without meaning",
     "The record has a tag that is not registered for DMARC. Receivers ignore it. Often it is a "
     "slip of the pen.\n"
     "\n"
     "Remove or correct it."},
    {"dmarc.unreachable-destination", Severity::warning, "RFC 5321 section 5.1",
     "Reports to a domain without mail",
     "The record asks for reports to a domain that has no reachable mail host, or says that it "
     "accepts no mail. The reports are lost, and receivers may stop sending any.\n"
     "\n"
     "Use an address that something reads, and see that its domain has an MX record whose host "
     "has an address."},
});

}  // namespace mailtrust::finding
