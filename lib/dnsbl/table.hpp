#pragma once
// The DNS block and allow lists we know: a table of facts (zones.inc), as of kAsOf.

#include <span>
#include <string_view>

#include "dnsbl/code.hpp"

namespace mailtrust::dnsbl {

/// The day the facts were gathered.
inline constexpr std::string_view kAsOf = "2026-11-22";

/// Who gets answers from a list.
enum class Access {
  open,        ///< everybody
  no_public,   ///< not who asks through a large public resolver, nor who asks too much
  registered,  ///< only resolvers that were registered with it
  key,         ///< only who has a key, which is part of the name asked
};

/// How to see that a list is alive.
enum class Proof {
  test_entry,  ///< it lists 127.0.0.2, for IPv6 ::FFFF:7F00:2 (RFC 5782 section 5)
  apex,        ///< it has no such entry, but its zone has a SOA record
};

/// One row.
struct Row {
  std::string_view zone;  ///< "zen.spamhaus.org"
  std::string_view name;  ///< "Spamhaus ZEN"
  Kind kind = Kind::block;
  std::string_view lists;     ///< what it lists
  std::string_view families;  ///< "4", "6" or "46"
  std::string_view codes;     ///< as parse_codes() reads them
  std::string_view used_by = {};
  std::string_view delist = {};  ///< the page; `{ip}` stands for the address
  Access access = Access::open;
  std::string_view key = {};    ///< the service a key of the configuration file is for
  std::string_view keyed = {};  ///< the zone to ask with it: "{key}.zen.dq.spamhaus.net"
  Proof proof = Proof::test_entry;
  bool wide = false;               ///< used so widely that not to know its answer matters
  std::string_view closed = {};    ///< since when and how: nobody is asked any more
  std::string_view evidence = {};  ///< D: its documentation, K: common knowledge
};

std::span<const Row> all();

/// By zone, without regard to case and a final dot; also the keyed name of a zone with a key in it.
/// Null when there is none.
const Row* find_row(std::string_view zone);

/// The key inside `zone`, where that is the keyed zone of the row; else empty.
std::string_view key_in(const Row& row, std::string_view zone);

}  // namespace mailtrust::dnsbl
