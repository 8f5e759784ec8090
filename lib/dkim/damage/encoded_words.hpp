#pragma once
// Encoded words (RFC 2047) the ways mail software writes them.

#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::dkim::damage {

/// `text` in UTF-8 as the value of a Subject may hold it: not encoded, or in words of UTF-8 or
/// ISO-8859-1, in Q or B. At most 20 of them.
std::vector<std::string> encoded_in_other_ways(std::string_view text);

}  // namespace mailtrust::dkim::damage
