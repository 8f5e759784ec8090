#pragma once
// Addresses inside text: log lines above all. What counts as one is told in
// mailtrust-list-match(1).

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "list/marks.hpp"
#include "net/value.hpp"

namespace mailtrust::list {

/// An address that stands in a text.
struct Found {
  std::size_t begin = 0;  ///< where it is spelled, without brackets, label or port
  std::size_t end = 0;
  net::Family family = net::Family::v4;
  net::Uint128 value = 0;  ///< IPv4-mapped IPv6 is IPv4
};

/// Texts are shorter than 4 GiB.
using Place = std::uint32_t;

/// Octets of text whose places are found at once, some 4 KiB.
inline constexpr std::size_t kWindow = std::size_t{53} * 77;

using Places = std::array<Place, kWindow>;

/// Where in the window of `text` that begins at `from` an address may be, in order: at the first
/// dot of three that stand between digits and at most four octets apart; at `::`; at the first of
/// three colons that are at most five octets apart. No address is without such a place.
std::span<const Place> find_places(std::string_view text, std::size_t from, Places& places,
                                   Engine engine = best_engine());

/// Reads what stands around a place. True: it is an address, `found` says which. Either way no
/// place before `found.end` is worth another look. Linear over all places of a text.
bool read_around(std::string_view text, std::size_t place, Found& found);

}  // namespace mailtrust::list
