#pragma once
// Notices that come as HTML alone, as text: enough of it for the rules and for a person to read.

#include <string>
#include <string_view>

namespace mailtrust::bounce {

/// Tags are left out, what ends a line or a cell ends one here; styles, scripts and comments are
/// passed over, the common entities and numbers decoded. UTF-8 in and out; linear.
std::string text_of_html(std::string_view html);

}  // namespace mailtrust::bounce
