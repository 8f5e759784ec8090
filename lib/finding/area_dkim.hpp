#pragma once
// Findings about DKIM keys. RFC 6376, RFC 8301, RFC 8463.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kDkim = std::to_array<Entry>({
    {"dkim.bad-exponent", Severity::error, "RFC 8017 section 3.1", "RSA exponent out of range",
     "The public exponent of this RSA key is even, below 3, or above 2^32. An even exponent or 1 "
     "is no RSA at all, and a very large one makes each check costly, so verifiers refuse such "
     "keys and the signatures fail.\n"
     "\n"
     "Every common tool uses 65537. Make a new key with\n"
     "\n"
     "    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out dkim.pem\n"
     "\n"
     "and publish its public half under a new selector."},
    {"dkim.bad-modulus", Severity::error, "RFC 8017 section 3.1", "RSA modulus cannot be right",
     "The modulus of an RSA key is the product of two large primes. This one can be divided by a "
     "small number, or is a square. Almost always the key was damaged on its way into DNS (a "
     "character lost, doubled or exchanged): then no signature verifies. If it was really made "
     "like this, anybody can compute the private key.\n"
     "\n"
     "Compare the record with the one your signer shows, character by character, or let the "
     "private key tell:\n"
     "\n"
     "    mailtrust dkim check example.org --selector s1 --key dkim.pem"},
    {"dkim.dangling-cname", Severity::error, "RFC 6376 section 3.6.2", "CNAME leads to no key",
     "At the selector's name there is a CNAME, but no key where it leads. Signatures with this "
     "selector fail. Either the service behind it has not finished (or has ended) its side, or "
     "the target is mistyped.\n"
     "\n"
     "A CNAME to a name that somebody else can register gives that person a key for your domain. "
     "If the service is no longer used, remove the CNAME."},
    {"dkim.dns-trouble", Severity::warning, "RFC 6376 section 6.1.2",
     "DNS did not tell about a key",
     "The question for a key got no usable answer: a time-out, a server failure, a refusal. So it "
     "is not known whether the key is there. Receivers that meet the same trouble put the mail "
     "off or treat it as unsigned.\n"
     "\n"
     "Try again, or ask the domain's own servers with --resolver. If it stays, look at the zone's "
     "name servers, and at large answers over TCP: DKIM records are often the first ones to need "
     "it."},
    {"dkim.granularity", Severity::warning, "RFC 6376 section 3.6.1", "Historic tag g=",
     "The tag g= restricted a key to some addresses in RFC 4871. RFC 6376 dropped it: verifiers "
     "of today ignore it, older ones may still apply it, and to those an empty g= means that the "
     "key fits no address at all.\n"
     "\n"
     "Remove g= from the record."},
    {"dkim.key-mismatch", Severity::error, "RFC 6376 section 3.6",
     "Private key is not the published one",
     "The private key given and the public key in DNS do not belong together, so every signature "
     "made with it fails.\n"
     "\n"
     "Publish the public half of the private key your signer uses, under a new selector, and "
     "switch the signer to it when the record is visible."},
    {"dkim.key-missing", Severity::error, "RFC 6376 section 6.1.2", "No key at the selector",
     "There is no key record at SELECTOR._domainkey.DOMAIN. Signatures that name this selector "
     "fail as if the message had been changed.\n"
     "\n"
     "Look whether the selector is spelled as in the s= of your DKIM-Signature fields, whether "
     "the record is in the right zone, and whether the zone's editor added the domain twice "
     "(s1._domainkey.example.org.example.org). Then publish the record your signer shows."},
    {"dkim.key-revoked", Severity::warning, "RFC 6376 section 3.6.1", "Revoked key",
     "The record has an empty p=: the key is revoked, and signatures with it fail. That is the "
     "right end for a key that is no longer used.\n"
     "\n"
     "If mail is still signed with this selector, publish the key again or switch the signer to "
     "another selector."},
    {"dkim.key-too-large", Severity::error, "RFC 8301 section 3.2",
     "RSA key larger than verifiers take",
     "Verifiers need to handle RSA keys up to 4096 bits; many stop there or at 8192. A larger key "
     "gives no safety worth having, makes each check slow, and its record does not fit one UDP "
     "answer.\n"
     "\n"
     "Use 2048 bits, or 4096 if policy demands it."},
    {"dkim.key-unsure", Severity::info, "RFC 6376 section 3.6.1", "Large RSA key",
     "The RSA key has more than 4096 bits. RFC 8301 asks verifiers for no more than 4096, so some "
     "may refuse it.\n"
     "\n"
     "2048 bits are enough and read everywhere."},
    {"dkim.multiple-records", Severity::error, "RFC 6376 section 3.6.2.2",
     "Several records at one selector",
     "There is more than one TXT record at the selector's name. Which of them a verifier takes is "
     "undefined: some take the first, some any, some none, and the order changes from answer to "
     "answer. Often one key was split into two records instead of two strings of one record.\n"
     "\n"
     "Leave exactly one TXT record. A key longer than 255 characters goes into one record with "
     "several quoted strings:\n"
     "\n"
     "    s1._domainkey IN TXT ( \"v=DKIM1; k=rsa; p=MIIB...\" \"...QAB\" )"},
    {"dkim.no-selector-known", Severity::info, "RFC 6376 section 3.1", "No selector known",
     "DKIM keys are published under names that DNS cannot list. None of the selectors that known "
     "providers use answered, and that says nothing about others: the domain may sign under a "
     "selector of its own.\n"
     "\n"
     "Look at the s= of a DKIM-Signature field in mail the domain has sent, and name it, or give "
     "the message:\n"
     "\n"
     "    mailtrust dkim check example.org --selector s1\n"
     "    mailtrust dkim check example.org --message mail.eml"},
    {"dkim.pkcs1", Severity::warning, "RFC 6376 erratum 3017", "RSA key without its wrapping",
     "p= holds a bare RSAPublicKey (PKCS#1). The text of RFC 6376 says so, its examples, an "
     "erratum and all common software say SubjectPublicKeyInfo. Many verifiers cannot read the "
     "bare form, and the signatures fail there.\n"
     "\n"
     "Publish the output of\n"
     "\n"
     "    openssl pkey -in dkim.pem -pubout -outform DER | base64 -w0"},
    {"dkim.private-key-readable", Severity::warning, "RFC 6376 section 8.3",
     "Private key readable by others",
     "The file of the private key can be read by every user of the machine. Who has it can sign "
     "mail in the domain's name.\n"
     "\n"
     "Take the permission away (chmod o= FILE) and, if strangers had access, make a new key."},
    {"dkim.service-not-email", Severity::error, "RFC 6376 section 3.6.1", "Key not meant for mail",
     "The tag s= lists the services the key is for, and neither \"email\" nor \"*\" is among them. "
     "Verifiers of mail must not use it, so signatures fail.\n"
     "\n"
     "Remove s= from the record, or write s=email."},
    {"dkim.sha1-only", Severity::error, "RFC 8301 section 3.1", "Key allows only SHA-1",
     "The tag h= does not list sha256. Since RFC 8301 verifiers must not accept SHA-1, so no "
     "signature with this key can pass.\n"
     "\n"
     "Remove h= from the record, or write h=sha256."},
    {"dkim.short-key", Severity::warning, "RFC 8301 section 3.2", "RSA key shorter than 2048 bits",
     "The RSA key has less than the 2048 bits that RFC 8301 advises. Verifiers accept it today, "
     "but 1024 bits are within reach of those with means, and audits and some receivers mark it "
     "down.\n"
     "\n"
     "Make a new key of 2048 bits, publish it under a new selector, switch the signer, and revoke "
     "the old one a week later."},
    {"dkim.spki-ed25519", Severity::error, "RFC 8463 section 4", "Ed25519 key in a wrapping",
     "p= holds the Ed25519 key inside a SubjectPublicKeyInfo, as openssl prints it. RFC 8463 asks "
     "for the 32 octets alone, and verifiers refuse anything else.\n"
     "\n"
     "Publish the last 32 octets:\n"
     "\n"
     "    openssl pkey -in dkim.pem -pubout -outform DER | tail -c 32 | base64"},
    {"dkim.syntax", Severity::error, "RFC 6376 section 3.6.1", "Key record with a syntax error",
     "The record is not a well-formed list of tags, or the value of a tag is wrong. Verifiers "
     "must refuse such a key; some forgive one fault or another, so mail passes here and fails "
     "there.\n"
     "\n"
     "Common reasons: backslashes in front of semicolons (\\;) that the zone editor took "
     "literally, quotation marks inside the text, the lines \"BEGIN PUBLIC KEY\" copied into p=, "
     "an end that was cut off. The place of the fault is given as a column of the record."},
    {"dkim.testing", Severity::warning, "RFC 6376 section 3.6.1", "Key in testing mode",
     "The record has t=y: the domain is testing DKIM, and verifiers must treat its mail no "
     "better and no worse than unsigned mail. Some then give no credit for good signatures.\n"
     "\n"
     "When signing works, remove t=y."},
    {"dkim.type-mismatch", Severity::error, "RFC 8463 section 4", "k= and p= disagree",
     "The tag k= (rsa when it is absent) names another type of key than the one in p=. Verifiers "
     "read p= by k= and fail.\n"
     "\n"
     "Write k=ed25519 for an Ed25519 key, k=rsa or nothing for an RSA key."},
    {"dkim.unknown-tag", Severity::info, "RFC 6376 section 3.2", "Tag without meaning",
     "The record has a tag that no standard defines. Verifiers ignore it. Often it is a slip of "
     "the pen for a tag that was meant to do something.\n"
     "\n"
     "Remove or correct it. Names of tags are written in lower case."},
    {"dkim.unknown-type", Severity::error, "RFC 6376 section 3.6.1", "Unknown type of key",
     "The tag k= names a type that verifiers do not know, so they ignore the key and signatures "
     "fail. The types are rsa and ed25519, in lower case.\n"
     "\n"
     "Correct k=, or remove it for an RSA key."},
    {"dkim.version", Severity::error, "RFC 6376 section 3.6.1", "Version tag wrong or misplaced",
     "The tag v= may be absent; but when it is there, it must come first and be exactly DKIM1. "
     "Otherwise verifiers must discard the record.\n"
     "\n"
     "Let the record begin with\n"
     "\n"
     "    v=DKIM1;"},
    {"dkim.weak-key", Severity::error, "RFC 8301 section 3.2", "RSA key shorter than 1024 bits",
     "Verifiers must not accept RSA keys below 1024 bits: 512 bits are factored for a few coins. "
     "Signatures with this key fail, and anybody can forge them.\n"
     "\n"
     "Make a key of 2048 bits, publish it under a new selector, switch the signer at once and "
     "revoke this one."},
    {"dkim.wildcard", Severity::warning, "RFC 6376 section 6.1.2", "Every selector is answered",
     "A selector that cannot exist was answered: a wildcard record covers the names below "
     "_domainkey. If it holds something else than a key, verifiers report broken keys instead of "
     "missing ones. If it holds a key, that key is valid under every selector.\n"
     "\n"
     "A wildcard with an empty p= is sound for a domain that signs nothing. In all other cases "
     "publish the selectors in use one by one, and keep the wildcard away from _domainkey."},
});

}  // namespace mailtrust::finding
