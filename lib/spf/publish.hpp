#pragma once
// A record before it is published: the size of the answer that will carry it, and terms taken out
// or replaced. RFC 7208 sections 3.3 and 3.4.

#include <cstddef>
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

/// The record without the term that starts at `column` (from 1), and without its space.
std::string without_term(std::string_view record, std::size_t column);

/// The record with that term replaced.
std::string with_term(std::string_view record, std::size_t column, std::string_view replacement);

}  // namespace mailtrust::spf
