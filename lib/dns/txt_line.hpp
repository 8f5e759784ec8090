#pragma once
// A TXT record as it is pasted into a zone file. RFC 1035 sections 3.3.14 and 5.1.

#include <cstddef>
#include <string>
#include <string_view>

#include "dns/name.hpp"

namespace mailtrust::dns {

/// `s1._domainkey.example.org. IN TXT "v=DKIM1; " "p=..."`: as many strings of at most 255 octets
/// as the text needs, cut behind a space where there is one; quotes, backslashes and octets that
/// are not printable escaped.
std::string txt_line(const Name& name, std::string_view text);

/// The same for an owner as the zone file is to have it: relative, or with a final dot.
std::string txt_line(std::string_view owner, std::string_view text);

/// How many strings that are; each costs an octet of its own.
std::size_t txt_string_count(std::string_view text);

}  // namespace mailtrust::dns
