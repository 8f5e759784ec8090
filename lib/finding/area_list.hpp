#pragma once
// Findings about allow and deny lists: files of them, and those that are kept.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kList = std::to_array<Entry>({
    {"list.bad-line", Severity::error, "mailtrust-list-validate(1)",
     "A line of a list file cannot be read",
     "A list file holds one ENTRY;COMMENT a line. An entry is an address, a prefix, a range, "
     "user@domain or @domain; the first semicolon ends it. Whatever could be read in two ways is "
     "refused: numbers with leading zeros, octal, hexadecimal, ports, zones, host names, links, "
     "separators other than the semicolon, characters that cannot be seen.\n"
     "\n"
     "Nothing is imported from a file with such a line, so that no entry is lost unseen. Mend the "
     "line at the column told, or import the rest and get the refused lines in a file of their "
     "own:\n"
     "\n"
     "    mailtrust import FILE --list NAME --skip-invalid"},
    {"list.bypass", Severity::info, "mailtrust-list-decide(1)", "An allow entry beats deny entries",
     "The address or sender is denied by one list and allowed by another. Allow entries are asked "
     "first, so the deny entries have no effect for it.\n"
     "\n"
     "If that is meant, nothing is to be done. If not, pause or remove the allow entry:\n"
     "\n"
     "    mailtrust list pause NAME ENTRY"},
    {"list.contradiction", Severity::warning, "mailtrust-list-decide(1)",
     "Allowed here and denied there",
     "An entry of this list overlaps one of a list with the other verdict. Allow entries are asked "
     "first: what is in both is let in, whatever the deny list says.\n"
     "\n"
     "Decide which of the two is right, and remove the other, or make the wider one smaller."},
    {"list.covered", Severity::warning, "mailtrust-list-validate(1)",
     "An entry lies inside another one",
     "An address or prefix is inside a wider entry of the same list, or a mailbox is in a domain "
     "that is listed as a whole. The narrower entry has no effect. When the wider one goes some "
     "day, it suddenly has.\n"
     "\n"
     "Remove the narrower entries, or make the smallest equal set:\n"
     "\n"
     "    mailtrust list aggregate FILE"},
    {"list.duplicate", Severity::warning, "mailtrust-list-validate(1)", "An entry is there twice",
     "Two lines name the same entry, perhaps in two spellings: IPv6 has many for one address, "
     "names do not depend on case, 192.0.2.1 and 192.0.2.1/32 are one.\n"
     "\n"
     "Keep one of them, with the comment that says why the entry is there. Whoever removes only "
     "one later will wonder why the entry still counts."},
    {"list.exclusive-begins", Severity::warning, "mailtrust-list-add(1)",
     "An exclusive list admits only those it holds from now on",
     "An exclusive list, such as the addresses that may use an API, admits everyone while it is "
     "empty. With its first entry it turns: whoever is not listed is kept out, from one moment to "
     "the next.\n"
     "\n"
     "See that all who need to come in are listed, yourself included:\n"
     "\n"
     "    mailtrust list add NAME --current\n"
     "\n"
     "mailtrust list undo takes the entry back."},
    {"list.exclusive-empty", Severity::warning, "mailtrust-list-decide(1)",
     "An exclusive list is empty and admits everyone",
     "An exclusive list admits only those listed, but everyone as long as it has no entry in "
     "force. Entries that are paused or have expired do not count.\n"
     "\n"
     "If that is not meant, add the addresses that are to be admitted, your own first:\n"
     "\n"
     "    mailtrust list add NAME --current"},
    {"list.host-bits", Severity::warning, "RFC 4632 section 3.1",
     "Bits are set behind the prefix length",
     "An entry such as 192.0.2.7/24 may mean the address 192.0.2.7 or the network 192.0.2.0/24. "
     "It is taken for the network. Some programs refuse such a line, others read it the other "
     "way.\n"
     "\n"
     "Write the network, or the address without a length."},
    {"list.mapped", Severity::warning, "RFC 4291 section 2.5.5.2", "IPv4 written as IPv6",
     "An IPv4-mapped IPv6 address, ::ffff:192.0.2.1, is an IPv4 client as a program with one "
     "socket for both families sees it. The entry is taken for the IPv4 address, because mail "
     "from it comes over IPv4.\n"
     "\n"
     "Write the IPv4 address."},
    {"list.provider", Severity::error, "mailtrust-list-validate(1)",
     "A deny entry covers a large mail provider",
     "The entry takes out addresses from which a large provider sends the mail of many thousands "
     "of domains; its own SPF record names them. Denying them loses wanted mail within minutes, "
     "and the senders hear of it before you do.\n"
     "\n"
     "Deny the mailbox or the domain that sends the unwanted mail, and report it to the provider. "
     "If the entry is meant all the same, --force makes this a warning."},
    {"list.provider-unknown", Severity::warning, "mailtrust-list-validate(1)",
     "Could not tell whether an entry covers a large mail provider",
     "The SPF record that names a provider's addresses could not be read, because DNS did not "
     "answer, so entries were not compared with them. That does not mean that no entry covers "
     "them.\n"
     "\n"
     "Ask again, or another resolver with --resolver; --force accepts the list without knowing."},
    {"list.special-purpose", Severity::warning, "RFC 6890",
     "An address that no mail comes from over the Internet",
     "Private, shared, local, reserved and multicast addresses are not those of hosts on the "
     "Internet. In a deny list such an entry does nothing, or blocks your own machines; in an "
     "allow list it lets in whoever reaches the server by an internal way.\n"
     "\n"
     "Keep it if internal machines are meant; otherwise it is a slip, often an address copied from "
     "the wrong Received line."},
    {"list.too-many", Severity::warning, "mailtrust-list-validate(1)",
     "More entries than people keep in order",
     "The list has more entries than --limit. Lists of senders are kept by hand, and nobody reads "
     "one of many hundred entries again: what is in there stays for good.\n"
     "\n"
     "Remove what has not matched for a long time (mailtrust list stale), join neighbours "
     "(mailtrust list aggregate), or raise the limit; --limit 0 never warns."},
    {"list.whole-domain", Severity::warning, "RFC 5321 section 7.1", "A whole domain is allowed",
     "Sender addresses can be forged by anyone. Mail that claims to come from an allowed domain "
     "bypasses every filter, whoever sent it: forgers know which domains are likely to be "
     "allowed.\n"
     "\n"
     "Allow the addresses of the servers the domain sends from instead; mailtrust spf check DOMAIN "
     "shows them."},
    {"list.wide", Severity::warning, "mailtrust-list-validate(1)", "A very wide entry",
     "An entry of /8 or wider, /16 or wider for IPv6, holds whole regions of the Internet with "
     "thousands of operators. It is seldom meant; often digits of the length were lost.\n"
     "\n"
     "List the networks of the operator that is meant: mailtrust ip ADDRESS shows them."},
});

}  // namespace mailtrust::finding
