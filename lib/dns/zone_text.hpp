#pragma once
// Records as lines of a master file: the inverse of dns/zone_record.hpp. RFC 1035 section 5.1,
// RFC 3597 section 5.

#include <string>

#include "dns/resolver.hpp"

namespace mailtrust::dns {

/// RDATA in the words of its type for A, AAAA, CNAME, DNAME, NS, PTR, MX, SRV, TXT and SPF, the
/// boundaries between the strings of a TXT kept; for others, and where the data has not the shape
/// of its type, as `\# LENGTH HEX`. Whatever the octets, the result is printable ASCII and cannot
/// end its line.
std::string to_rdata_text(const Record& record);

/// The longest RDATA a DNS message can carry: 65,535 octets less the header, the shortest question
/// and a record in front of it (RFC 1035 section 4.1).
inline constexpr std::size_t kMaxCarried = 65535 - 12 - 5 - 11;

/// `NAME TTL IN TYPE RDATA`, with its end, absolute names throughout, below `$ORIGIN .`; RDATA is
/// read back octet by octet. The text stays within limits::kZoneRecord for all RDATA up to
/// kMaxCarried: that of a large TXT record is then written as `\#`, which takes two octets for
/// each and not four, and a name too long for the line in an `$ORIGIN` of its own.
std::string to_zone_line(const Record& record);

}  // namespace mailtrust::dns
