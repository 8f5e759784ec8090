#pragma once
// The keyed hash that TSIG signs with. RFC 2104, RFC 8945 section 6.

#include <string>
#include <string_view>

#include "dns/tsig_key.hpp"

namespace mailtrust::dns {

/// 20 to 64 octets; empty where libcrypto refuses the algorithm.
std::string tsig_mac(const TsigKey& key, std::string_view octets);

/// In a time that does not tell where they differ.
bool same_mac(std::string_view a, std::string_view b);

}  // namespace mailtrust::dns
