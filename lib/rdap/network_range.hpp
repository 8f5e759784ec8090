#pragma once
// Which addresses an RDAP network object is about. RFC 9083 section 5.4; the prefixes of
// draft-ietf-regext-rdap-cidr0.

#include <optional>

#include "json/value.hpp"
#include "net/address.hpp"
#include "net/prefix_set.hpp"

namespace mailtrust::rdap {

/// By the ends, by one of them with its length, by the prefix of cidr0 around `address`, or by the
/// handle. Nothing when none of them can be read.
std::optional<net::Range> read_network_range(const json::Value& network,
                                             const net::Address& address);

/// Does the object say what it is about, readable or not?
bool tells_range(const json::Value& network);

bool is_around(const std::optional<net::Range>& range, const net::Address& address);

}  // namespace mailtrust::rdap
