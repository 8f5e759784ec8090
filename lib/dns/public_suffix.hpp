#pragma once
// Organizational domains as RFC 7489 section 3.2 found them: by the Public Suffix List. The list is
// the one built into libpsl; nothing of it is touched before the first call.

#include <string>

#include "dns/name.hpp"

namespace mailtrust::dns {

/// The public suffix of `domain` and one label more; `domain` itself when it is a public suffix.
/// Suffixes that the list does not know have one label. Keeps the case of `domain`.
Name registrable_domain(const Name& domain);

/// Of which day the list is: "2023-02-09". Empty when libpsl does not tell.
std::string public_suffix_list_date();

}  // namespace mailtrust::dns
