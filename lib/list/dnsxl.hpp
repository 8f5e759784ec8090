#pragma once
// What a DNS zone holds so that mail servers can ask it for the entries of a list. RFC 5782.
//
// An address is asked for by its octets (IPv4) or nibbles (IPv6) in reverse order; a prefix that
// ends at such a border is a wildcard (`*.2.0.192`), any other is written as the names it is made
// of. Two things that RFC 4592 says about wildcards are taken care of here:
//  - A name that exists takes all below it away from the wildcards above it. Where an entry lies
//    inside another one, the names between the two get wildcards of their own.
//  - `*.2` for 2.0.0.0/8 would list 2000::/4 too, whose names also end in `2`, as `*.0.0.2` for
//    2000::/12 would list 2.0.0.1. So no wildcard stands where names of both families can lie
//    below it: there the names one label further down are written out.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "base/limits.hpp"
#include "list/dnsxl_owner.hpp"
#include "list/entry.hpp"
#include "net/address.hpp"

namespace mailtrust::list::dnsxl {

/// Octets of a comment that are published, in up to four strings: an answer that holds it fits a
/// UDP message. Longer ones end in "...".
inline constexpr std::size_t kMostText = 1020;

/// An entry of the list that is a block of addresses, as far as a zone says it.
struct Source {
  Block block = {};
  std::string_view comment = {};
};

/// A name that is listed, and why.
struct Listing {
  Owner owner;
  std::string_view comment;  ///< one of the sources', or that of a test entry
};

/// The names that list exactly the addresses of `sources`, in order, each with the comment of the
/// narrowest source that decides it. Two things differ, by RFC 5782 section 5: 127.0.0.2 and
/// ::ffff:127.0.0.2 are listed always, 127.0.0.1 and ::ffff:127.0.0.1 never. An Error of kind input
/// when it takes more than `most` names; `where` is empty.
Expected<std::vector<Listing>> listings(std::span<const Source> sources,
                                        std::size_t most = limits::kPublishedNames);

/// Is it one of the two entries that every zone has?
bool is_test_entry(const Owner& owner);

/// The strings of a TXT record, each at most 255 octets, cut between characters. None for an empty
/// comment: such an entry has no TXT record.
std::vector<std::string> text_strings(std::string_view comment);

/// What listed names answer with: an address in 127.0.0.0/8, but not 127.0.0.0 and 127.0.0.1, which
/// would not mean listed. An Error of kind usage, `where` empty.
Expected<net::Address> parse_code(std::string_view text);

inline constexpr std::uint32_t kDefaultCode = 0x7f000002;  ///< 127.0.0.2, RFC 5782 section 2.1

}  // namespace mailtrust::list::dnsxl
