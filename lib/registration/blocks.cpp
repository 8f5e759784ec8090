#include "registration/blocks.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace mailtrust::registration {
namespace {

// In the order of Region. The services as the bootstrap registries of 2019 name them, the
// port-43 servers as IANA's own whois refers to them (2019).
constexpr std::array kRegistries = {
    RegionalRegistry{Region::afrinic, "AFRINIC", "https://rdap.afrinic.net/rdap/",
                     "whois.afrinic.net"},
    RegionalRegistry{Region::apnic, "APNIC", "https://rdap.apnic.net/", "whois.apnic.net"},
    RegionalRegistry{Region::arin, "ARIN", "https://rdap.arin.net/registry/", "whois.arin.net"},
    RegionalRegistry{Region::lacnic, "LACNIC", "https://rdap.lacnic.net/rdap/", "whois.lacnic.net"},
    RegionalRegistry{Region::ripe, "RIPE NCC", "https://rdap.db.ripe.net/", "whois.ripe.net"},
};

constexpr Block kBlocks[] = {
#include "registration/blocks.inc"
};

struct Row {
  net::Prefix prefix;
  Region registry;
};

/// In order of the prefixes, which do not overlap.
const std::vector<Row>& rows() {
  static const auto table = [] {
    std::vector<Row> result;
    result.reserve(std::size(kBlocks));
    for (const auto& block : kBlocks)
      if (auto prefix = net::Prefix::read(block.prefix))
        result.push_back({*prefix, block.registry});
    std::ranges::sort(result, {}, &Row::prefix);
    return result;
  }();
  return table;
}

}  // namespace

std::span<const RegionalRegistry> regional_registries() {
  return kRegistries;
}

const RegionalRegistry& regional_registry(Region id) {
  return kRegistries[static_cast<std::size_t>(id)];
}

std::span<const Block> blocks() {
  return kBlocks;
}

const RegionalRegistry* regional_registry_of(const net::Address& address) {
  auto plain = address.unmapped();
  auto after = std::ranges::upper_bound(rows(), plain, {},
                                        [](const Row& row) { return row.prefix.address; });
  if (after == rows().begin()) return nullptr;
  const auto& row = *std::prev(after);
  return row.prefix.contains(plain) ? &regional_registry(row.registry) : nullptr;
}

}  // namespace mailtrust::registration
