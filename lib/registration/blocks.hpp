#pragma once
// The regional registries, and which of them has which block of addresses.

#include <cstdint>
#include <span>
#include <string_view>

#include "net/address.hpp"

namespace mailtrust::registration {

enum class Region : std::uint8_t { afrinic, apnic, arin, lacnic, ripe };

struct RegionalRegistry {
  Region id;
  std::string_view name;   ///< "RIPE NCC"
  std::string_view rdap;   ///< base URL of its RDAP service, ends in '/' (RFC 9224)
  std::string_view whois;  ///< its port-43 server
};

/// A row of blocks.inc.
struct Block {
  std::string_view prefix;  ///< a prefix in its canonical spelling
  Region registry;
};

/// The days IANA published what blocks.inc holds.
inline constexpr std::string_view kBlocksPublishedV4 = "2019-06-07";
inline constexpr std::string_view kBlocksPublishedV6 = "2019-11-06";

std::span<const RegionalRegistry> regional_registries();
const RegionalRegistry& regional_registry(Region id);

/// IPv4 and IPv6, those of one registry together; no two overlap.
std::span<const Block> blocks();

/// Of the block around the address (an IPv4-mapped one counts as IPv4); null where IANA gave it to
/// nobody, or to nobody yet.
const RegionalRegistry* regional_registry_of(const net::Address& address);

}  // namespace mailtrust::registration
