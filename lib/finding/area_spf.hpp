#pragma once
// Findings about an SPF record as it is written. RFC 7208.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kSpf = std::to_array<Entry>({
    {"spf.after-all", Severity::warning, "RFC 7208 section 5.1",
     "Terms behind \"all\" are never reached",
     "\"all\" matches every sender, so whatever is written behind it is never evaluated. Senders "
     "that are only named there are treated as strangers, although the record seems to allow "
     "them.\n\n"
     "Move \"all\" to the end of the record, or remove what follows it.\n\n"
     "    v=spf1 ip4:192.0.2.0/24 include:spf.example.net -all"},
    {"spf.authorizes-nobody", Severity::info, "RFC 7208 section 10.1.2",
     "The record authorizes no sender",
     "No address can pass: the domain says that it sends no mail.\n\n"
     "That is right for a parked domain, best together with a DMARC policy of reject and a null "
     "MX. If the domain does send mail, name its servers in the record."},
    {"spf.broad-prefix", Severity::warning, "RFC 7208 section 11.4",
     "A very large network is authorized",
     "The record authorizes more addresses than any sender needs (wider than /16 for IPv4, /32 for "
     "IPv6). Everybody who gets hold of one of them, a hosting customer or an infected machine, "
     "can send mail that passes as yours.\n\n"
     "Name the addresses that really send. Mail services publish theirs under a name for "
     "include:."},
    {"spf.covered-prefix", Severity::info, "RFC 7208 section 5.6",
     "An address or network is covered by another term",
     "Another ip4 or ip6 term of the same record already decides for these addresses, so this one "
     "changes nothing and only makes the record longer.\n\n"
     "Remove it, or, if it was meant to decide otherwise, move it in front of the wider one."},
    {"spf.duplicate-term", Severity::warning, "RFC 7208 section 4.6.2", "A term is written twice",
     "The same mechanism stands in the record twice. The second can never decide anything, but if "
     "it costs a lookup it is counted again.\n\n"
     "Remove the second."},
    {"spf.exp-problem", Severity::warning, "RFC 7208 section 6.2", "The explanation cannot be used",
     "exp= names a TXT record with the text that refused senders are shown. It must be exactly one "
     "record with correct macros; otherwise receivers show a text of their own. Results do not "
     "change.\n\n"
     "Publish one TXT record at that name, or remove exp= from the record."},
    {"spf.host-bits", Severity::info, "RFC 7208 section 5.6", "A network is written with host bits",
     "The address has bits set behind the length of its prefix; they are ignored. Sometimes it "
     "shows that a single host was meant, or another length.\n\n"
     "Write the first address of the network, or drop the length to name the one host."},
    {"spf.long-record", Severity::info, "RFC 7208 section 3.4",
     "The answer is larger than 512 octets",
     "The TXT records of this name do not fit the 512 octets every resolver takes by UDP. "
     "Resolvers with EDNS manage, others ask again by TCP, and a firewall that blocks that makes "
     "the record unreadable.\n\n"
     "Keep the record below 450 characters, and move other TXT records (verification tokens) to "
     "names of their own where their owners allow it."},
    {"spf.missing", Severity::error, "RFC 7208 section 4.5", "No SPF record",
     "The domain publishes no TXT record that starts with \"v=spf1\".\n\n"
     "Receivers cannot tell its mail servers from anybody else's, and large ones refuse or doubt "
     "mail from such a domain. Publish a record that names your senders, or, if the domain sends "
     "no mail, one that says so:\n\n"
     "    example.org. IN TXT \"v=spf1 -all\""},
    {"spf.multiple-records", Severity::error, "RFC 7208 section 4.5", "More than one SPF record",
     "A domain must have exactly one TXT record that starts with \"v=spf1\". With two or more "
     "receivers cannot know which one holds: the result is a permanent error, and mail is treated "
     "as if there were no SPF, or refused. It happens when a service asks to \"add a record\" and "
     "one is already there.\n\n"
     "Merge them into one: the mechanisms of all, then a single \"all\" at the end."},
    {"spf.neutral-all", Severity::warning, "RFC 7208 section 5.1",
     "\"?all\" says nothing about strangers",
     "\"?all\" makes the result neutral for every sender that is not named, which receivers must "
     "treat as if there were no record.\n\n"
     "Use ~all (suspicious) while you are still looking for all your senders, and -all (not ours) "
     "when the list is complete."},
    {"spf.no-all", Severity::warning, "RFC 7208 section 4.7", "The record has no end",
     "There is neither \"all\" nor redirect=, so the result for every sender that is not named is "
     "neutral: receivers must treat it as if there were no record.\n\n"
     "End the record with ~all, or with -all when it names all your senders."},
    {"spf.not-quite-spf", Severity::warning, "RFC 7208 section 4.5",
     "A TXT record looks like SPF but is not",
     "Only a record that begins with exactly \"v=spf1\", followed by a space or nothing, is an SPF "
     "record. Quotes inside the text, a space in front, another separator or another version make "
     "receivers ignore it without a word.\n\n"
     "Correct the beginning, or remove the record."},
    {"spf.plus-all", Severity::error, "RFC 7208 section 11.4", "Everybody is authorized",
     "\"+all\" (or \"all\" without a sign, or a network of length 0) makes every address in the "
     "world pass as a sender of this domain. Spam in its name passes SPF, and with it DMARC.\n\n"
     "Replace it by -all, or by ~all as long as you are not sure to have named all senders."},
    {"spf.private-address", Severity::warning, "RFC 6890",
     "An address that is not on the Internet is authorized",
     "Private, loopback, link-local and reserved addresses never reach a receiver as the address "
     "of a sender. They do no good in the record; inside a network that takes such a record "
     "seriously, they let every machine with that address send as you.\n\n"
     "Name the public address that your mail leaves from, and remove this one."},
    {"spf.ptr", Severity::warning, "RFC 7208 section 5.5", "\"ptr\" should not be used",
     "The ptr mechanism makes the receiver look up the names of every sender and the addresses of "
     "these names. It is slow, fails whenever somebody else's reverse zone does, and large "
     "receivers skip it. The standard says not to publish it.\n\n"
     "Name the hosts by a: or their addresses by ip4: and ip6:."},
    {"spf.record-too-long", Severity::warning, "RFC 7208 section 3.4",
     "The answer is too large for UDP",
     "All TXT records of this name together exceed the 1232 octets that pass every network in one "
     "UDP packet. Receivers must ask again by TCP; where that fails, SPF fails.\n\n"
     "Shorten the record, split it by include: into several names, or move other TXT records "
     "elsewhere:\n\n"
     "    mailtrust spf flatten example.org"},
    {"spf.redirect-ignored", Severity::warning, "RFC 7208 section 6.1",
     "redirect= beside \"all\" is ignored",
     "redirect= takes over only when nothing in the record matches, but \"all\" always matches. "
     "Receivers ignore the redirect, so the senders of its target are not authorized.\n\n"
     "Remove \"all\" if the other record should decide, or write include: instead of redirect=."},
    {"spf.split-strings", Severity::warning, "RFC 7208 section 3.3",
     "A space is missing where two strings meet",
     "A TXT record is made of strings of at most 255 octets, which are joined without anything "
     "between them. If the last term of one string and the first of the next have no space between "
     "them, they become one term, which is either wrong or means something else.\n\n"
     "Put a space at the end of the first string, inside the quotes."},
    {"spf.syntax", Severity::error, "RFC 7208 section 4.6", "Error in the record",
     "A term of the record does not follow the grammar. One such term anywhere makes the whole "
     "record a permanent error for every sender: receivers treat the mail as if there were no SPF "
     "record, or refuse it.\n\n"
     "Correct the term at the column that is named. Frequent ones: ipv4: for ip4:, a comma or "
     "semicolon between terms, an address after a: or include:."},
    {"spf.unknown-modifier", Severity::warning, "RFC 7208 section 6",
     "A mechanism is written with \"=\"",
     "NAME=VALUE with a name that is not known is a modifier for future use, and ignored. "
     "\"include=spf.example.net\" is such a one: it looks like an include but authorizes "
     "nobody.\n\n"
     "Write mechanisms with a colon: include:spf.example.net."},
});

}  // namespace mailtrust::finding
