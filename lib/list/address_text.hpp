#pragma once
// Addresses as text, to and from numbers, where there are millions of them: nothing is allocated,
// nothing is looked at twice. What is accepted is what net::Address::read() accepts.

#include <cstddef>
#include <cstdint>

#include "list/entry.hpp"

namespace mailtrust::list {

/// Four decimal numbers without leading zeros from `at` on; the place behind them, or null. Nothing
/// is read at or behind `end`.
const char* read_v4(const char* at, const char* end, std::uint32_t& value);

/// An IPv6 address (RFC 4291 section 2.2, dotted quad at its end included) from `at` on, as far as
/// one goes; a single colon behind it is not taken. The place behind it, or null.
const char* read_v6(const char* at, const char* end, net::Uint128& value);

/// The longest text of a block, `ADDRESS-ADDRESS`.
inline constexpr std::size_t kBlockText = 2 * 45 + 1;

/// Writes what to_string(Block) makes into `room` of at least kBlockText octets; the place behind.
char* write_block(char* room, const Block& block);

/// The same for one IPv4 prefix, length 0 to 32 (32 is left out).
char* write_v4(char* room, std::uint32_t first, unsigned length);

}  // namespace mailtrust::list
