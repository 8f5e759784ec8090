#pragma once
// zip (PKWARE's APPNOTE): members in the order of the directory, by libzip; without a directory, as
// in a file that is cut, from the head that stands before each member.

#include <string_view>

#include "archive/unpack.hpp"

namespace mailtrust::archive {

/// As unpack() of archive/unpack.hpp; an Error of kind temporary when libzip is not there.
Expected<void> unzip(std::string_view octets, const Sink& sink, const Bounds& bounds);

/// The same from the heads alone. What is no zip at all is one empty member with a fault.
Expected<void> unzip_by_heads(std::string_view octets, const Sink& sink, const Bounds& bounds);

}  // namespace mailtrust::archive
