#pragma once
// Master files into zone data. RFC 1035 section 5.1, `$TTL` of RFC 2308 section 4, and our fault
// lines:
//
//     ; !timeout  NAME TYPE|ANY            no answer in time
//     ; !servfail NAME TYPE|ANY [REASON]   could not tell, for another reason: fault_word()
//     ; !nodata   NAME TYPE|ANY            no such record, whatever the file holds
//     ; !nxdomain NAME TYPE|ANY            no such name, whatever the file holds
//
// NAME is relative to `$ORIGIN` as in records, which is the root until set.

#include <string_view>

#include "dns/zone_data.hpp"
#include "dns/zone_file.hpp"

namespace mailtrust::dns {

/// The REASON of a `; !servfail` line: "refused", "alias-loop"... Empty for Failure::none.
std::string_view fault_word(Failure failure);

/// Adds what the text holds. Bad places go to the errors, and their entries are left out.
void read_zone(std::string_view text, ZoneData& zone, ZoneErrors& errors);

}  // namespace mailtrust::dns
