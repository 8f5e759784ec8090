#pragma once
// Names that a network gives to all of its addresses, rather than to a mail server: receivers hold
// them against who sends from there.

#include <optional>
#include <string>

#include "dns/name.hpp"
#include "net/address.hpp"

namespace mailtrust::iprev {

/// Why `name` looks made from `address`, in a few words: "holds the address 192.0.2.25 as
/// 25-2-0-192". Nothing when it does not.
///
/// Only the labels below the registered domain count. The rules, the first that holds:
/// 1. the octets of an IPv4 address, all four or the last three, in either order, in decimal (also
///    padded to three digits), parted by `.`, `-`, `_`, `x` or nothing;
/// 2. the four octets as eight hexadecimal digits, in either order;
/// 3. IPv6: the last four groups, or 16 hexadecimal digits in a row, of the address;
/// 4. a word networks use for their customers' lines ("dynamic", "dsl", "pool"), beside the last
///    octet of the address, or beside another such word.
/// "static" is no such word alone: only with the octets, by rules 1 to 3.
std::optional<std::string> generic_reason(const dns::Name& name, const net::Address& address);

}  // namespace mailtrust::iprev
