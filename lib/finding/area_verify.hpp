#pragma once
// Findings about a message: who vouches for it, and what does not fit.
// RFC 5322, RFC 6376, RFC 7208, RFC 8601, RFC 8617, RFC 9989.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kVerify = std::to_array<Entry>({
    {"verify.arc-failed", Severity::warning, "RFC 8617 section 5.2", "ARC chain is broken",
     "Each forwarder that seals a message adds three ARC fields. Here a set is missing, out of "
     "order, or a seal does not verify. A receiver then takes nothing from the chain: neither the "
     "results that the fields claim nor who handed the message on.\n"
     "\n"
     "A broken chain alone is no sign of forgery: every server that changes a message after the "
     "last seal breaks it. ARC is on its way out; nothing new should rely on it."},
    {"verify.author", Severity::error, "RFC 9989 section 5.3", "No single author to judge",
     "DMARC asks whether the domain in the From field vouches for the message. Here there is no "
     "From field, or more than one, or it names several domains, or it is written in a way that "
     "readers take differently: what one program shows to people another one does not check.\n"
     "\n"
     "Such a message never passes. Mail that means well has exactly one From field with addresses "
     "of one domain (RFC 5322 section 3.6)."},
    {"verify.changed", Severity::error, "RFC 6376 section 6.1.3",
     "Message changed after it was signed",
     "The signature was made over other octets than those here. If the body hash (bh=) differs, "
     "the body was changed; if it fits and the signature (b=) does not, a signed header field was, "
     "or another key made it.\n"
     "\n"
     "mailtrust undoes what servers commonly do to messages, one thing after the other (list "
     "footers and Subject prefixes, converted encodings, re-folded fields, white space), until the "
     "signature verifies. What it names is proven that way. What to do lies with whoever changes "
     "the message: mailing lists and filters should sign anew with their own domain; a signer can "
     "use relaxed/relaxed canonicalization, which survives folding and white space."},
    {"verify.claims", Severity::info, "RFC 8601 section 5", "Results that others wrote",
     "The message carries Authentication-Results or Received-SPF fields. Anybody can write them, "
     "so "
     "they are shown as others' words and never enter the verdict. A receiver must take out those "
     "that carry its own name before it adds one; otherwise a sender can forge a pass."},
    {"verify.dmarc-fail", Severity::error, "RFC 9989 section 5.3",
     "The author's domain does not vouch for it",
     "The domain in the From field has a DMARC policy, and neither a DKIM signature that passes "
     "nor "
     "an SPF pass belongs to that domain. Receivers treat the message as the policy says: none, "
     "quarantine or reject.\n"
     "\n"
     "If the message is yours: let the service that sent it sign with your domain (its own d= does "
     "not count), or send with a return path below your domain that its SPF record covers. If it "
     "is not: this is what DMARC is for."},
    {"verify.dns-trouble", Severity::warning, "RFC 8601 section 2.7", "DNS did not tell",
     "A key, an SPF record or a policy was asked for, and the answer was a time-out, a server "
     "failure or a refusal. So this part of the verdict is not known; it may be a pass.\n"
     "\n"
     "Try again, or ask elsewhere with --resolver."},
    {"verify.key-refused", Severity::error, "RFC 8301 section 3", "Key or algorithm is refused",
     "The signature is arithmetically right, but made with rsa-sha1, with an RSA key below 1024 "
     "bits, or with a key that is not safe. Such signatures can be forged, so they never pass.\n"
     "\n"
     "Sign with rsa-sha256 and a key of 2048 bits: mailtrust dkim keygen."},
    {"verify.no-client", Severity::info, "RFC 7208 section 2.4", "SPF could not be checked",
     "SPF judges the address that handed the message over, and nothing here proves which that was: "
     "there is no Received field one may believe. The DMARC verdict then rests on DKIM alone; with "
     "the address it might be a pass.\n"
     "\n"
     "Give what your server's log says: --ip ADDRESS --helo NAME --mail-from ADDRESS. Names and "
     "networks of your own relays go into --trusted."},
    {"verify.not-aligned", Severity::warning, "RFC 9989 section 4.4",
     "Vouched for by another domain",
     "A signature or SPF passes, but for a domain that is not the author's, and the author's "
     "domain "
     "has no DMARC policy. So it is proven who sent the message, not that the author's domain "
     "agreed."},
    {"verify.octets", Severity::warning, "RFC 5322 section 2.3", "Octets that mail may not have",
     "The message holds NUL octets, a CR without LF, both kinds of line ends, octets above 127 "
     "that "
     "are no UTF-8 in its header, or lines in the header that are no field. Programs read such "
     "places differently: where one sees a line end, another does not, and text can be smuggled "
     "past a signature or into a second message that way.\n"
     "\n"
     "A file that has LF alone throughout is only how it was saved, and not meant here."},
    {"verify.open", Severity::warning, "RFC 6376 section 8", "Signature leaves something open",
     "The signature passes, but something that people see is not covered by it: text after the "
     "length in l=, a field that h= does not name, or a second From or Subject field that could be "
     "added without breaking it.\n"
     "\n"
     "Do not use l=. Sign From, Subject, To, Date, Content-Type, and name them once more in h= "
     "than they occur (oversigning)."},
    {"verify.too-many-signatures", Severity::info, "RFC 6376 section 6.1",
     "Not all signatures were looked at",
     "Only the first ten DKIM-Signature fields are verified, so that a message cannot make "
     "receivers work for it without end."},
    {"verify.unproven", Severity::error, "RFC 8601 section 2.7", "Nothing vouches for the message",
     "No DKIM signature passes, SPF does not pass, and the author's domain has no policy. Anybody "
     "could have written this message."},
    {"verify.unusable-signature", Severity::warning, "RFC 6376 section 6.1.1",
     "Signature cannot be used",
     "The DKIM-Signature field or its key record breaks the rules: a tag is missing or malformed, "
     "the key is absent or revoked, From is not signed, the signature has expired. It counts as if "
     "it were not there.\n"
     "\n"
     "mailtrust dkim check DOMAIN --selector S looks at the key."},
});

}  // namespace mailtrust::finding
