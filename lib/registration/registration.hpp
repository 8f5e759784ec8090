#pragma once
// What a registry tells of the network around an address, whichever way it told it (RDAP, whois):
// the range, who has it, and every mail address the answer holds, with the place it stood at.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/prefix_set.hpp"

namespace mailtrust::registration {

/// For what a mail address is named, best first.
enum class Role {
  abuse,           ///< role "abuse" (RFC 9083 section 10.2.4), abuse-mailbox:, OrgAbuseEmail:, ...
  remark,          ///< a remark says: write here about abuse
  noc,             ///< network operations
  technical,       ///< tech-c
  administrative,  ///< admin-c, registrant, any other contact of the holder
  other,           ///< stands in the answer without a role: other remarks, notify:
  changed,         ///< who last edited the record (changed:): nobody to write to
};

std::string_view to_string(Role role);

/// A mail address in an answer.
struct Mention {
  std::string email;  ///< as found, trimmed of "mailto:", brackets and quotes
  Role role = Role::other;
  std::string place;   ///< where: "entity ABUSE3850-ARIN, role abuse", "line 12, abuse-mailbox:"
  unsigned depth = 0;  ///< 0: at the network itself; 1: at an entity of it; ...
  bool validated = false;    ///< the registry says that mail to it arrives
  bool doubtful = false;     ///< the registry says that it does not, or that nobody answered
  bool by_registry = false;  ///< in the server's own words (notices, banners), not the holder's
};

struct Registration {
  std::optional<net::Range> network;  ///< the smallest one the answer tells of
  std::string handle;
  std::string name;          ///< netname
  std::string organization;  ///< who has it, for people; empty: not told
  std::string country;       ///< ISO 3166-1 alpha-2, upper case; empty: not told
  std::optional<std::int64_t>
      registered;  ///< Unix seconds, start of the day where only that is told
  std::optional<std::int64_t> changed;
  std::vector<Mention> mentions;  ///< in the order of the answer, an address once per role
  std::vector<std::string>
      referrals;                ///< whois servers or URLs where more is to be had, as written
  bool is_placeholder = false;  ///< "not allocated", the whole registry's block: nobody's network
};

enum class Confidence {
  high,    ///< the holder or its provider named it for abuse
  medium,  ///< a remark names it for abuse, its local part does, or it is the holder's NOC
  low,     ///< named for something else, a guess, or a registry's own: better is worth looking for
};

std::string_view to_string(Confidence confidence);

/// By which way an address was found.
enum class Source { rdap, whois, abuse_zone, reverse_name };

std::string_view to_string(Source source);  ///< "rdap", "whois", "abusix", "ptr"

struct Contact {
  /// In lower case (RFC 5321 section 2.4: letters are not told apart in practice), A-labels.
  std::string email;
  Source source = Source::rdap;
  Confidence confidence = Confidence::low;
  std::string why;  ///< one clause: "role abuse of entity ABUSE3850-ARIN (rdap.arin.net)"
  bool undeliverable = false;  ///< its domain takes no mail; set by who asked DNS
};

/// What one way found.
struct Finding {
  Source source = Source::rdap;
  std::string from;  ///< the server: "rdap.arin.net"
  Registration registration;
};

/// Best first, each address once (compared without case, with the best of its mentions). What is no
/// mailbox, placeholders (nobody@, unread@), and `changed` never come in; the registries' own
/// mailboxes go behind the holder's, unless the registry is the holder itself. Where findings tell
/// of networks within one another, the narrowest comes first. n log n.
std::vector<Contact> rank(const std::vector<Finding>& findings);

/// Does the mailbox belong to an Internet registry, or to a national CERT that registries name for
/// everybody? By the table registry_mailboxes.inc.
bool is_registry_mailbox(std::string_view email);

/// Is this record nobody's network: a block that a registry holds to hand it out, or none at all?
/// By the name ("IANA-BLK", "LACNIC-177") and the type or status ("ALLOCATED UNSPECIFIED",
/// "Allocated to RIPE NCC") of the record.
bool is_nobodys_network(std::string_view name, std::string_view type);

/// A range as registries write it: "192.0.2.0 - 192.0.2.255", "192.0.2.0/24", "177.224/13",
/// "192.000.002.000"; IPv4-mapped ones as IPv4. Nothing when it is none, or the ends are swapped.
std::optional<net::Range> read_range(std::string_view text);

/// One end of it: leading zeros and left-out octets understood, a stray "/32" behind it ignored.
std::optional<net::Address> read_end(std::string_view text);

/// Undeliverable ones behind all others, else the order is kept.
void put_undeliverable_last(std::vector<Contact>& contacts);

/// The mail addresses in running text, in order: for remarks, and for every value that should hold
/// an address (display names, "mailto:", several in one). "at", "(at)" and "dot" spellings are
/// read; addresses in URLs are not. The role is what the words around it say (`remark` where they
/// say abuse, in several languages), `place` the line it stands in. Linear.
std::vector<Mention> addresses_in(std::string_view text);

}  // namespace mailtrust::registration
