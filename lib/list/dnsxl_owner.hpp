#pragma once
// The names of an address zone: an address or a prefix that ends at a label, backwards. RFC 5782
// sections 2.1 and 2.4.

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "list/entry.hpp"
#include "net/address.hpp"
#include "net/value.hpp"

namespace mailtrust::list::dnsxl {

/// Bits that one label spells: an octet or a nibble.
constexpr unsigned unit(net::Family family) {
  return family == net::Family::v4 ? 8 : 4;
}

/// Labels that spell an address: 4 or 32.
constexpr unsigned most_labels(net::Family family) {
  return net::width(family) / unit(family);
}

/// Bits of an address that so many labels leave open.
constexpr unsigned open_bits(net::Family family, unsigned labels) {
  return net::width(family) - labels * unit(family);
}

/// The number whose lowest `count` bits are set.
constexpr net::Uint128 low_bits(unsigned count) {
  return count >= 128 ? ~net::Uint128{0} : (net::Uint128{1} << count) - 1;
}

/// A name of an address zone.
struct Owner {
  net::Family family = net::Family::v4;
  net::Uint128 first = 0;   ///< the first address it stands for
  std::uint8_t labels = 0;  ///< 4 or 32 for an address; fewer: a wildcard in front of so many

  [[nodiscard]] bool is_wildcard() const;
  [[nodiscard]] Block block() const;

  /// IPv4 first, then by address, a wildcard before the names it covers.
  friend std::strong_ordering operator<=>(const Owner& a, const Owner& b) {
    if (auto order = a.family <=> b.family; order != 0) return order;
    if (a.first != b.first)
      return a.first < b.first ? std::strong_ordering::less : std::strong_ordering::greater;
    return a.labels <=> b.labels;
  }

  friend bool operator==(const Owner&, const Owner&) = default;
};

/// The label at `index`, 0 being next to the zone's name, as a number.
unsigned label(const Owner& owner, unsigned index);

/// The wildcard in front of the first so many labels of `owner`.
Owner above(const Owner& owner, unsigned labels);

/// Is it `top`, or a name of an address that `top` stands for?
bool is_at_or_below(const Owner& owner, const Owner& top);

/// Relative to the zone: `7.2.0.192`, `*.2.0.192`, `*.8.b.d.0.1.0.0.2`.
std::string to_string(const Owner& owner);

/// The inverse, from the labels in front of the zone's, leftmost first, in any case. Nothing for
/// what is no name of an address zone.
std::optional<Owner> read_owner(std::span<const std::string_view> labels);

}  // namespace mailtrust::list::dnsxl
