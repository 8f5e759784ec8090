#pragma once
// Master files into zone data. RFC 1035 section 5.1, `$TTL` of RFC 2308 section 4, and our fault
// lines (dns/zone_fault.hpp).

#include "dns/zone_data.hpp"
#include "dns/zone_file.hpp"

namespace mailtrust::dns {

/// Adds what the text holds. Bad places go to the errors, and their entries are left out. When the
/// data is full, that is an error too, and the rest is not read.
void read_zone(ZoneSplitter& text, ZoneData& zone, ZoneErrors& errors);

}  // namespace mailtrust::dns
