#pragma once
// Records as people read them in receipts. For zone files there is dns/zone_text.hpp.

#include <string>

#include "dns/resolver.hpp"

namespace mailtrust::dns {

/// The RDATA: an address, a name, "10 mx.example.org", the joined strings of a TXT record (raw
/// octets: whoever prints escapes them); of other types and of wrong shapes only "N octets".
std::string record_text(const Record& record);

}  // namespace mailtrust::dns
