#pragma once
// gzip (RFC 1952) and deflate (RFC 1951) that are in memory as a whole.

#include <cstddef>
#include <string>
#include <string_view>

#include "archive/room.hpp"

namespace mailtrust::archive {

struct Inflated {
  std::size_t size = 0;      ///< octets, at the start of the room
  std::size_t consumed = 0;  ///< octets of what was packed; of a damaged one nothing is known
  std::string fault;         ///< a clause when it is cut or damaged; else empty
  bool is_over = false;      ///< there is more than was allowed; the room holds nothing of use
};

/// All members. Zeros behind the last one are padding; anything else there is a fault. What is cut
/// or damaged gives what came out in front of it.
Inflated inflate_gzip(std::string_view packed, Room& room, std::size_t most);

/// One deflate stream, which may be followed by anything.
Inflated inflate_raw(std::string_view packed, Room& room, std::size_t most);

}  // namespace mailtrust::archive
