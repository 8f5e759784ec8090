#pragma once
// Which policy does a receiver find that still works by RFC 7489 sections 3.2 and 6.6.3: the record
// of the domain, else that of its organizational domain by the Public Suffix List?

#include <optional>
#include <string>

#include "dmarc/discover.hpp"
#include "dmarc/record.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::dmarc {

struct OldPolicy {
  dns::Name organizational_domain;
  Presence presence = Presence::unknown;

  // When found:
  dns::Name found_at;
  std::string policy_tag = "p";  ///< p or sp
  /// Nothing when such a receiver ignores the record: p= or sp= is missing or invalid, and there is
  /// no valid rua= (RFC 7489 section 6.6.3).
  std::optional<Policy> policy;
  unsigned percent = 100;  ///< pct=
  Alignment adkim = Alignment::relaxed;
  Alignment aspf = Alignment::relaxed;
};

/// `outcome` as discover() gave it: what its walk saw is not asked again.
OldPolicy discover_by_list(dns::Resolver& resolver, const Outcome& outcome);

}  // namespace mailtrust::dmarc
