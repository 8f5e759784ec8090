#pragma once
// Which selectors does a domain have? DNS cannot list them; one can only try likely ones. So what
// is found is certain, and what is not found says nothing.

#include <span>
#include <string>
#include <vector>

#include "dkim/key_lookup.hpp"

namespace mailtrust::dkim {

/// Selectors to try, each with a lower number first asked.
struct Candidate {
  std::string selector;
  bool likely = false;  ///< something speaks for it; tried even where nothing seems to be
};

struct Discovery {
  /// Of the candidates: those with a key of their own (not the wildcard's), those whose CNAME leads
  /// nowhere, and those DNS did not tell about; in the order of the candidates.
  std::vector<KeyLookup> keys;
  std::size_t tried = 0;
  std::size_t untold = 0;  ///< of `tried`: how many DNS did not tell about
  KeyLookup canary;

  /// What DNS says of _domainkey.DOMAIN. nxdomain: nothing is below it, if the server keeps to
  /// RFC 8020; some do not, so only the likely candidates were tried, and it is no proof.
  dns::Status key_root = dns::Status::failed;

  /// DNS answered neither for _domainkey.DOMAIN nor for the canary, so nothing else was asked.
  [[nodiscard]] bool gave_up() const;

  /// A key that is not revoked. Revoked ones do not tell whether the domain signs.
  [[nodiscard]] bool found_any() const;
};

/// Tries the candidates (no more than the first 250), all questions in flight at once.
Discovery discover(dns::Resolver& resolver, const dns::Name& domain,
                   std::span<const Candidate> candidates);

}  // namespace mailtrust::dkim
