#pragma once
// The text of an address, a prefix or a range, read strictly and without allocating: lists have
// millions of them.

#include <cstdint>
#include <optional>
#include <string_view>

#include "list/entry.hpp"

namespace mailtrust::list {

struct BlockText {
  Kind kind = Kind::address;
  Block block;             ///< host bits cleared, IPv4-mapped IPv6 as IPv4
  bool host_bits = false;  ///< were set
  bool mapped = false;     ///< was written as ::ffff:192.0.2.1
};

/// `ADDRESS`, `ADDRESS/LENGTH` or `ADDRESS-ADDRESS` (blanks around the hyphen are fine); nothing
/// for all else.
std::optional<BlockText> read_block_text(std::string_view text);

}  // namespace mailtrust::list
