#pragma once
// Addresses as numbers, for what counts, sorts and compares many of them.

#include <cstdint>

#include "net/address.hpp"

namespace mailtrust::net {

/// A number of 128 bits, which ISO C++ does not name.
__extension__ using Uint128 = unsigned __int128;

/// The first address is 0, the next is 1: below 2^32 for IPv4.
Uint128 value_of(const Address& address);

/// The inverse; of `value` the low 32 bits count for IPv4.
Address address_of(Family family, Uint128 value);

}  // namespace mailtrust::net
