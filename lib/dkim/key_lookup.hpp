#pragma once
// Where a key is published: SELECTOR._domainkey.DOMAIN, as the verifier asks for it.
// RFC 6376 section 3.6.2.

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "dkim/key_record.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::dkim {

/// Is there a key? `unknown`: DNS did not tell.
enum class Presence { found, absent, unknown };

struct KeyLookup {
  std::string selector;
  dns::Name name;  ///< SELECTOR._domainkey.DOMAIN
  Presence presence = Presence::unknown;
  std::vector<dns::Name> aliases;   ///< where CNAMEs led, in order
  std::vector<ParsedKey> keys;      ///< TXT records that mean to be keys; not empty when found
  std::vector<std::string> others;  ///< TXT records at the name that do not
  dns::AnswerPtr answer;            ///< never null

  /// A CNAME is there, but no key where it leads.
  [[nodiscard]] bool dangling() const;

  /// The key that counts; null unless there is exactly one record (section 3.6.2.2: with several
  /// the result is undefined).
  [[nodiscard]] const KeyRecord* record() const;
};

/// SELECTOR._domainkey.DOMAIN. Error of kind usage when that is no name DNS can carry.
Expected<dns::Name> key_name(std::string_view selector, const dns::Name& domain);

/// `name` from key_name(). DNS trouble is an outcome.
KeyLookup look_up(dns::Resolver& resolver, std::string_view selector, const dns::Name& name);

/// Asks for a selector that nobody has: what answers it answers every selector (a wildcard record).
/// The same name each time, so that a recorded run replays.
KeyLookup look_up_canary(dns::Resolver& resolver, const dns::Name& domain);

/// Is what was found one revoked key? Of a canary: every selector without a key of its own is
/// revoked, as befits a domain that signs nothing.
bool revokes(const KeyLookup& lookup);

/// Did the wildcard behind the canary answer this one, too?
bool is_from_wildcard(const KeyLookup& lookup, const KeyLookup& canary);

}  // namespace mailtrust::dkim
