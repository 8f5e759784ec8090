#pragma once
// A record before it is published: the size of the answer that will carry it, and terms taken out,
// replaced or added. RFC 7208 sections 3.3 and 3.4.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "dns/name.hpp"

namespace mailtrust::spf {

/// What a UDP answer may hold on today's networks without being cut to pieces.
inline constexpr std::size_t kMostAnswer = 1232;

/// What every resolver takes without EDNS (RFC 1035 section 4.2.1).
inline constexpr std::size_t kPlainAnswer = 512;

/// Octets of the answer in which `text` is the only TXT record of `name`, EDNS included.
std::size_t answer_octets(const dns::Name& name, std::string_view text);

/// What becomes of the term that starts at a column (from 1); empty: it goes, with the spaces
/// before it. At a column behind the record's end: added there.
using Edits = std::map<std::size_t, std::string>;

/// The record with all the edits made, in time linear in its length.
std::string edited(std::string_view record, const Edits& edits);

}  // namespace mailtrust::spf
