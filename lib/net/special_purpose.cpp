#include "net/special_purpose.hpp"

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>

namespace mailtrust::net {
namespace {

struct Row {
  std::string_view prefix;
  std::string_view name;
  Purpose purpose;
};

// Narrower blocks before the wider ones that hold them.
constexpr std::array kRows = {
    Row{"0.0.0.0/8", "this network (RFC 791)", Purpose::local},
    Row{"10.0.0.0/8", "private use (RFC 1918)", Purpose::internal},
    Row{"100.64.0.0/10", "shared address space (RFC 6598)", Purpose::internal},
    Row{"127.0.0.0/8", "loopback (RFC 1122)", Purpose::local},
    Row{"169.254.0.0/16", "link-local (RFC 3927)", Purpose::local},
    Row{"172.16.0.0/12", "private use (RFC 1918)", Purpose::internal},
    Row{"192.0.2.0/24", "documentation (RFC 5737)", Purpose::documentation},
    Row{"192.0.0.0/24", "IETF protocol assignments (RFC 6890)", Purpose::reserved},
    Row{"192.168.0.0/16", "private use (RFC 1918)", Purpose::internal},
    Row{"198.18.0.0/15", "benchmarking (RFC 2544)", Purpose::reserved},
    Row{"198.51.100.0/24", "documentation (RFC 5737)", Purpose::documentation},
    Row{"203.0.113.0/24", "documentation (RFC 5737)", Purpose::documentation},
    Row{"224.0.0.0/4", "multicast (RFC 5771)", Purpose::reserved},
    Row{"240.0.0.0/4", "reserved (RFC 1112)", Purpose::reserved},
    Row{"::/128", "unspecified (RFC 4291)", Purpose::local},
    Row{"::1/128", "loopback (RFC 4291)", Purpose::local},
    Row{"::ffff:0:0/96", "IPv4-mapped (RFC 4291)", Purpose::reserved},
    Row{"64:ff9b:1::/48", "local IPv4/IPv6 translation (RFC 8215)", Purpose::internal},
    Row{"100::/64", "discard-only (RFC 6666)", Purpose::reserved},
    Row{"100:0:0:1::/64", "dummy prefix (RFC 9780)", Purpose::reserved},
    Row{"2001::/32", "Teredo (RFC 4380)", Purpose::reserved},
    Row{"2001:2::/48", "benchmarking (RFC 5180)", Purpose::reserved},
    Row{"2001:10::/28", "ORCHID, deprecated (RFC 4843)", Purpose::reserved},
    Row{"2001:db8::/32", "documentation (RFC 3849)", Purpose::documentation},
    Row{"3fff::/20", "documentation (RFC 9637)", Purpose::documentation},
    Row{"5f00::/16", "segment routing (RFC 9602)", Purpose::reserved},
    Row{"fc00::/7", "unique local (RFC 4193)", Purpose::internal},
    Row{"fe80::/10", "link-local (RFC 4291)", Purpose::local},
    Row{"fec0::/10", "site-local, deprecated (RFC 3879)", Purpose::internal},
    Row{"ff00::/8", "multicast (RFC 4291)", Purpose::reserved},
};

struct Table {
  std::array<SpecialBlock, kRows.size()> blocks;
  // By family: may an address that begins with this octet be in a block? Most are in none, and
  // lists have millions of them.
  std::array<std::bitset<256>, 2> first_octets;
};

struct Embedding {
  Prefix prefix;
  std::size_t at;  // of the first octet of the IPv4 address
};

std::optional<Address> embedded_v4(const Address& address) {
  static const std::array kEmbeddings = {
      Embedding{*Prefix::read("::/96"), 12},          // IPv4-compatible, RFC 4291 section 2.5.5.1
      Embedding{*Prefix::read("::ffff:0:0/96"), 12},  // IPv4-mapped, RFC 4291 section 2.5.5.2
      Embedding{*Prefix::read("64:ff9b::/96"), 12},   // NAT64, RFC 6052 section 2.1
      Embedding{*Prefix::read("2002::/16"), 2},       // 6to4, RFC 3056 section 2
  };
  for (const auto& [prefix, at] : kEmbeddings)
    if (prefix.contains(address)) return Address::v4(address.octets().subspan(at).first<4>());
  return std::nullopt;
}

Table read_rows() {
  Table table;
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    auto prefix = *Prefix::read(kRows[i].prefix);
    table.blocks[i] = {prefix, kRows[i].name, kRows[i].purpose};
    auto& octets = table.first_octets[static_cast<std::size_t>(prefix.address.family())];
    unsigned last = prefix.last().octets()[0];
    for (unsigned octet = prefix.first().octets()[0]; octet <= last; ++octet) octets.set(octet);
  }
  return table;
}

}  // namespace

const SpecialBlock* special_purpose(const Address& address) {
  static const auto table = read_rows();
  const auto& octets = table.first_octets[static_cast<std::size_t>(address.family())];
  if (!octets[address.octets()[0]]) return nullptr;
  for (const auto& block : table.blocks)
    if (block.prefix.contains(address)) return &block;
  return nullptr;
}

bool is_unreachable(const Address& address) {
  const auto* block = special_purpose(address);
  return block != nullptr && block->purpose != Purpose::documentation;
}

bool is_public(const Address& address) {
  if (auto inner = embedded_v4(address)) return !is_unreachable(*inner);
  if (is_unreachable(address)) return false;
  // All of IPv6 that IANA hands out; translations of IPv4 hide elsewhere too (RFC 2765
  // section 2.1).
  static const auto kGlobalUnicast = *Prefix::read("2000::/3");
  return address.is_v4() || kGlobalUnicast.contains(address);
}

}  // namespace mailtrust::net
