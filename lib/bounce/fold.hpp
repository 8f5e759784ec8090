#pragma once
// Text as phrases see it.

#include <string>
#include <string_view>

namespace mailtrust::bounce {

/// In lower case (ASCII; Latin-1 and Cyrillic letters in UTF-8), a run of white space and control
/// characters as one blank, none at the ends, typographic apostrophes as "'". Other octets stay,
/// UTF-8 or not. Never longer than `text`.
std::string fold(std::string_view text);

}  // namespace mailtrust::bounce
