#pragma once
// Findings about addresses that mail comes from: names, lists, owners.

#include <array>

#include "finding/finding.hpp"

namespace mailtrust::finding {

inline constexpr auto kIp = std::to_array<Entry>({
    {"ip.denied", Severity::error, "mailtrust-list-decide(1)",
     "A list of your own denies the address",
     "An entry of a deny list in the store covers the address, or an exclusive allow list does not "
     "hold it. Mail from it is turned away where the lists are enforced.\n"
     "\n"
     "mailtrust list decide ADDRESS shows what the entry goes before. Pause or remove it if it is "
     "not meant:\n"
     "\n"
     "    mailtrust list pause NAME ENTRY"},
    {"ip.dns-trouble", Severity::warning, "RFC 8601 section 2.7.3",
     "Could not tell the name of an address",
     "The question for the name of the address, or for the addresses of that name, was not "
     "answered. That does not mean that there is no name, or that it does not point back.\n"
     "\n"
     "Ask again, or another resolver with --resolver. If it stays so, the servers of the reverse "
     "zone or of the name's domain are at fault; their operator has to mend them, as receivers "
     "often defer mail from such addresses."},
    {"ip.generic-name", Severity::warning, "mailtrust-ip(1)",
     "The name is one of those that networks give to all of their addresses",
     "The name of the address holds the address itself, or words such as \"dynamic\" or \"pool\". "
     "Networks make such names for their customers' lines. Many receivers take mail from there for "
     "the work of infected machines, and refuse it.\n"
     "\n"
     "Have whoever runs the network give the address a name of its own that points back to it, the "
     "one the server says in HELO."},
    {"ip.list-lies", Severity::warning, "RFC 5782 section 5",
     "What a list answers cannot be believed",
     "The list claims to list 127.0.0.1, which no list may, or answers with an address outside of "
     "127.0.0.0/8. Either it lists everybody, as some do when they close; or its domain has a new "
     "owner with a wildcard; or the resolver on the way puts an address of its own in place of "
     "\"no such name\", as those of some access providers do. What it says about any address is "
     "worth nothing.\n"
     "\n"
     "When it is many lists at once, it is the resolver: ask another with --resolver. When it is "
     "one, take it out of every configuration at once, or all mail will be refused."},
    {"ip.list-not-asked", Severity::info, "mailtrust-ip(1)", "A list was not asked",
     "The list answers only those who have a key, or it does not list addresses of this family. "
     "Nothing is known about what it says.\n"
     "\n"
     "Keys stand in the configuration file, see mailtrust-ip(1):\n"
     "\n"
     "    key SERVICE KEY"},
    {"ip.list-refused", Severity::warning, "RFC 6471 section 3.3", "A list refuses to answer",
     "The list does not serve whoever asks here: it turns away large public resolvers, those who "
     "ask too often, or all who did not register. Its answer is no listing, although careless "
     "programs take it for one, and it is not \"clean\" either.\n"
     "\n"
     "Ask through a resolver of your own (--resolver), register it with the list, or get a key and "
     "put it into the configuration file. Mail servers that use the list through the same resolver "
     "need the same."},
    {"ip.list-silent", Severity::warning, "RFC 5782 section 5", "A list gave no answer",
     "The list's servers did not answer, or the entry that every living list has (127.0.0.2, for "
     "IPv6 ::FFFF:7F00:2) is missing. Whether the address is listed is not known. A list without "
     "its test entry is closed, or none.\n"
     "\n"
     "Ask again. If it stays so, take the list out of every configuration: it costs time, and may "
     "come back listing everybody."},
    {"ip.listed", Severity::error, "RFC 5782", "A block list lists the address",
     "Receivers who use the list refuse or distrust mail from the address. The code and the text "
     "that the list gives say why.\n"
     "\n"
     "Mend the cause first: compromised accounts, forms that anybody can send mail with, infected "
     "machines behind the same address, mail to bought or old addresses. Then ask to be taken out, "
     "at the page that is told; most lists forget by themselves. Listings of whole networks are "
     "the "
     "provider's to mend."},
    {"ip.no-name", Severity::warning, "RFC 8601 section 2.7.3", "The address has no name",
     "There is no PTR record for the address. Many receivers refuse mail from addresses without a "
     "name; Gmail does so for all.\n"
     "\n"
     "Have whoever runs the network set one: the name the server says in HELO, which in turn has "
     "the address."},
    {"ip.not-confirmed", Severity::warning, "RFC 8601 section 2.7.3",
     "The name of the address does not point back",
     "The address has a name (PTR record), but that name does not have the address. Whoever runs "
     "the reverse zone may write any name there, so nobody believes one that does not point back, "
     "and many receivers refuse such mail.\n"
     "\n"
     "Publish an A or AAAA record of that name with the address, or have the PTR record changed to "
     "a name that has one."},
    {"ip.own-lists", Severity::warning, "mailtrust-list-decide(1)",
     "Lists of your own could not be asked",
     "The store with your allow and deny lists could not be read, so whether one of them decides "
     "about the address is not known.\n"
     "\n"
     "See that the file can be read, or name another one with --store."},
    {"ip.registry-trouble", Severity::warning, "RFC 9082", "Could not tell whose network it is",
     "The registries were asked by RDAP and whois, and none gave an answer that tells the network "
     "of the address. That does not mean that it is nobody's.\n"
     "\n"
     "Ask again later: registries turn away those who ask much. --no-registry leaves them out."},
    {"ip.special-purpose", Severity::info, "RFC 6890", "No address of a host on the Internet",
     "The address is private, local, reserved or multicast. No mail comes from it over the "
     "Internet, no registry has it, and what lists say about it means nothing.\n"
     "\n"
     "If it stood in a Received field, look at the next one: see mailtrust received."},
});

}  // namespace mailtrust::finding
