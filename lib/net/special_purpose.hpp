#pragma once
// Addresses that are not somebody's host on the Internet.
// RFC 6890 and the IANA special-purpose address registries for IPv4 and IPv6, as of 2025-04.

#include <span>
#include <string_view>

#include "net/address.hpp"

namespace mailtrust::net {

/// Why a block is special, as far as mail is concerned.
enum class Purpose {
  internal,       ///< private use, shared address space, unique local: reachable inside only
  local,          ///< this host, loopback, link-local
  documentation,  ///< examples; counted as public wherever hosts are judged, so that examples work
  reserved,       ///< never a host: reserved, benchmarking, discard-only, multicast, ...
};

struct SpecialBlock {
  Prefix prefix;
  std::string_view name;  ///< "private use (RFC 1918)"
  Purpose purpose = Purpose::reserved;
};

/// The narrowest special block that holds the address; null when it is an ordinary one, or in a
/// special block that is globally reachable (the anycast assignments).
const SpecialBlock* special_purpose(const Address& address);

/// Can no other host on the Internet reach this address? Documentation ranges count as reachable.
bool is_unreachable(const Address& address);

/// May a program connect there without having been told to? Reachable, and so is the IPv4 address
/// inside, where there is one: mapped (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056).
bool is_public(const Address& address);

}  // namespace mailtrust::net
