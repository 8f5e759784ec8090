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
  bool validated = false;  ///< the registry says that mail to it arrives
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

enum class Confidence { high, medium, low };

std::string_view to_string(Confidence confidence);

/// By which way an address was found.
enum class Source { rdap, whois, abuse_zone, reverse_name };

std::string_view to_string(Source source);  ///< "rdap", "whois", "abusix", "ptr"

struct Contact {
  std::string email;  ///< domain in lower case
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

/// Best first, each address once (compared without case, with the best of its mentions). Addresses
/// that are no mailbox, placeholders (nobody@, unread@, example names) and the registries' own
/// mailboxes go last or out; `changed` never comes in. A registry's mailbox stays where it is the
/// holder itself.
std::vector<Contact> rank(const std::vector<Finding>& findings);

/// Undeliverable ones behind all others, else the order is kept.
void put_undeliverable_last(std::vector<Contact>& contacts);

/// The mail addresses in running text, with what stands around them: for remarks. "at" and "(at)"
/// spellings are read too. Linear.
std::vector<Mention> addresses_in(std::string_view text);

}  // namespace mailtrust::registration
