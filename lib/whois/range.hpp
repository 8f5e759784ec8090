#pragma once
// Ranges of addresses as registries write them.

#include <optional>
#include <string_view>

#include "net/address.hpp"
#include "net/prefix_set.hpp"

namespace mailtrust::whois {

/// "192.0.2.0 - 192.0.2.255", "192.0.2.0/24", "192.0.2.0 255.255.255.0", "192.0.2/24" and "192/8"
/// (LACNIC), "192.000.002.000", a single address, IPv6 in the same ways; what stands in parentheses
/// behind it, and a length at the ends of a range, are passed over. Null for all else.
std::optional<net::Range> read_range(std::string_view text);

/// The first range of a list with commas that is around the address, else the first one that can
/// be read.
std::optional<net::Range> read_range_around(std::string_view list, const net::Address& address);

bool contains(const net::Range& range, const net::Address& address);

/// Has `a` fewer addresses than `b`? Both of one family, and both around one address or within one
/// another; IPv4 comes before IPv6.
bool narrower(const net::Range& a, const net::Range& b);

}  // namespace mailtrust::whois
