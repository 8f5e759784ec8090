#pragma once
// What the answer of a DNS list comes to. RFC 5782 sections 2.1, 2.4 and 5; RFC 6471 section 3.3.

#include <string>
#include <string_view>
#include <vector>

#include "dns/resolver.hpp"
#include "dnsbl/zone.hpp"

namespace mailtrust::dnsbl {

/// Only `listed` and `clean` are answers; the others are "could not tell".
enum class State {
  listed,
  clean,
  refused,    ///< the list does not serve us
  no_answer,  ///< nothing came, or the list is dead
  lies,       ///< what came cannot be the list's: everything is listed, or a resolver rewrites
  not_asked,  ///< gated, or a list of the other family
};

std::string_view to_string(State state);  ///< "listed", "no answer", ...

/// Where a list stands: towards all addresses, or one.
struct Standing {
  State state = State::no_answer;
  std::string reason;                    ///< in a few words; empty for listed and clean
  std::vector<net::Address> codes = {};  ///< of a listing
};

/// About one address, from a list that is believed.
Standing judge(const Zone& zone, const dns::Lookup<net::Address>& answer);

/// What a list answered before it was asked about anybody.
struct Trial {
  /// About what it must list (RFC 5782 section 5), or whether its zone is there (Proof::apex).
  dns::Lookup<net::Address> alive;
  dns::Lookup<net::Address> unlisted;  ///< about what it must not list
};

/// `clean` when the answers are as they should be: the list can be believed.
Standing judge(const Zone& zone, const Trial& trial);

/// Where the test entries are: 127.0.0.2 and 127.0.0.1, ::FFFF:7F00:2 and ::FFFF:7F00:1.
net::Address listed_test(net::Family family);
net::Address unlisted_test(net::Family family);

/// The name to ask about `address` below `zone`; nothing when that is too long for DNS.
std::optional<dns::Name> name_for(const dns::Name& zone, const net::Address& address);

}  // namespace mailtrust::dnsbl
