#pragma once
// The octets of a whois answer made readable, and its lines.

#include <cstddef>
#include <string>
#include <string_view>

namespace mailtrust::whois {

/// UTF-8: octets that are not are taken for Latin-1, stretches in JIS (ISO-2022-JP) are left out
/// (their octets look like ASCII), so is a byte order mark in front; NUL becomes a space. Linear.
std::string readable(std::string_view octets);

/// Takes the next line off the front of `rest`; it ends with LF, CR LF, CR or the text.
std::string_view take_line(std::string_view& rest);

}  // namespace mailtrust::whois
