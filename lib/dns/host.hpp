#pragma once
// Where to connect when a host is named: for web and whois servers.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "dns/resolver.hpp"
#include "net/address.hpp"

namespace mailtrust::dns {

/// The addresses of `host`, IPv4 first: itself when it is an address, loopback for localhost
/// (RFC 6761 section 6.3), else its A and AAAA records. At least one, each once. An Error is
/// temporary, its `where` is empty: no such name, no address, could not tell.
Expected<std::vector<net::Address>> host_addresses(std::string_view host, Resolver& resolver,
                                                   std::chrono::steady_clock::time_point deadline);

/// Of these, those that one who was not told to connect there may connect to (net::is_public). An
/// Error when none is left; it names the first.
Expected<std::vector<net::Address>> only_public(std::vector<net::Address> addresses);

/// A host as names of servers are: an address, or a name of letters, digits, hyphens and
/// underscores in A-label form. The spelling to go on with; nothing for other text.
std::optional<std::string> read_host(std::string_view text);

}  // namespace mailtrust::dns
