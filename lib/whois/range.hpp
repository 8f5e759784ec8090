#pragma once
// Ranges of addresses as port-43 servers write them.

#include <optional>
#include <string_view>

#include "net/address.hpp"
#include "net/prefix_set.hpp"

namespace mailtrust::whois {

/// What registration::read_range() reads, and beside it "192.0.2.0/255.255.255.0",
/// "192.0.2.0 255.255.255.0", "2001:db8/32", and "(/24)" behind a range, which says nothing new.
std::optional<net::Range> read_range(std::string_view text);

/// The first range of a list with commas that is around the address, else the first one that can
/// be read.
std::optional<net::Range> read_range_around(std::string_view list, const net::Address& address);

bool contains(const net::Range& range, const net::Address& address);

}  // namespace mailtrust::whois
