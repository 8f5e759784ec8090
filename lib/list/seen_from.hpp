#pragma once
// The address this machine, or whoever sits before it, is seen from.

#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "dns/resolver.hpp"
#include "net/address.hpp"

namespace mailtrust::list {

struct SeenFrom {
  net::Address address;
  std::string source;   ///< how it is known, for people
  bool is_sure = true;  ///< false: the address of the resolver, which may be another machine
};

/// The client of `SSH_CLIENT` ("192.0.2.1 50022 22"): who is logged in here. Nothing when the text
/// is no such thing.
std::optional<net::Address> ssh_client(std::string_view text);

/// Asks the resolver in use for names whose servers answer with who asked. `myip.opendns.com` tells
/// the address of this machine, but only when OpenDNS is the resolver; for any other resolver
/// `o-o.myaddr.l.google.com` tells the address that resolver asks from: this machine's, if the
/// resolver runs on it or behind the same address. `is_sure` in that case only if this machine has
/// the address itself. The Error is temporary when DNS did not tell.
Expected<SeenFrom> seen_from(dns::Resolver& resolver);

}  // namespace mailtrust::list
