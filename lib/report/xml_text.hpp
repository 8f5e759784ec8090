#pragma once
// The text between the tags of an XML document. XML 1.0 sections 2.2 and 4.1.

#include <string_view>

namespace mailtrust::report {

/// White space only?
bool is_blank(std::string_view text);

/// Is there an "&" or a control character other than tab and line ends?
bool has_odd_octets(std::string_view text);

/// What is wrong with the first octet of `text`: a control character, or an "&" that no reference
/// follows. Empty when nothing is.
std::string_view odd_octet(std::string_view text);

}  // namespace mailtrust::report
