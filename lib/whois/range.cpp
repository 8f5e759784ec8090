#include "whois/range.hpp"

#include <array>
#include <compare>
#include <string>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "net/value.hpp"

namespace mailtrust::whois {
namespace {

/// The longest text of one address: IPv6 with a dotted quad and a length, and room for padding.
constexpr std::size_t kLongestEnd = 64;

/// One to four numbers, leading zeros and missing octets at the end allowed.
std::optional<net::Address> read_v4(std::string_view text) {
  std::array<std::uint8_t, 4> octets{};
  std::size_t count = 0;
  for (auto part : ascii::split(text, '.')) {
    auto value = parse_number<std::uint8_t>(part);
    if (!value || part.size() > 3 || count == octets.size()) return std::nullopt;
    octets.at(count++) = *value;
  }
  return net::Address::v4(octets);
}

/// Also without the "::" that missing groups at the end need: "2001:1280/32".
std::optional<net::Address> read_v6(std::string_view text) {
  if (auto address = net::Address::read(text)) return address;
  return net::Address::read(std::string(text) + "::");
}

std::optional<net::Address> read_address(std::string_view text) {
  if (text.empty() || text.size() > kLongestEnd) return std::nullopt;
  return text.find(':') == text.npos ? read_v4(text) : read_v6(text);
}

/// An address in full: its family's end of a range may not leave out octets.
std::optional<net::Address> read_whole(std::string_view text) {
  text = ascii::trim(text.substr(0, text.find('/')));
  auto dots = std::ranges::count(text, '.');
  if (text.find(':') == text.npos && dots != 3) return std::nullopt;
  return read_address(text);
}

net::Range range_of(const net::Prefix& prefix) {
  return {prefix.first(), prefix.last()};
}

/// 255.255.255.0 as 24.
std::optional<unsigned> length_of_mask(std::string_view text) {
  auto mask = net::Address::read(text);
  if (!mask || !mask->is_v4()) return std::nullopt;
  auto value = mask->to_v4_value();
  auto length = static_cast<unsigned>(std::countl_one(value));
  if (length < 32 && (value << length) != 0) return std::nullopt;
  return length;
}

std::optional<net::Range> read_prefix(std::string_view address_text, std::string_view length_text) {
  auto address = read_address(ascii::trim(address_text));
  if (!address) return std::nullopt;
  length_text = ascii::trim(length_text);
  auto number = parse_number<std::uint8_t>(length_text);
  auto length = number ? std::optional<unsigned>(*number) : length_of_mask(length_text);
  if (!length || *length > net::width(address->family())) return std::nullopt;
  return range_of({*address, *length});
}

}  // namespace

std::optional<net::Range> read_range(std::string_view text) {
  text = ascii::trim(text.substr(0, text.find('(')));
  if (auto dash = text.find('-'); dash != text.npos) {
    auto first = read_whole(text.substr(0, dash));
    auto last = read_whole(text.substr(dash + 1));
    if (!first || !last || first->family() != last->family() || *last < *first) return std::nullopt;
    return net::Range{*first, *last};
  }
  if (auto slash = text.find_first_of("/ "); slash != text.npos)
    return read_prefix(text.substr(0, slash), text.substr(slash + 1));
  auto single = read_whole(text);
  if (!single) return std::nullopt;
  return net::Range{*single, *single};
}

std::optional<net::Range> read_range_around(std::string_view list, const net::Address& address) {
  std::optional<net::Range> first;
  for (auto rest = list; !rest.empty();) {
    auto comma = rest.find(',');
    auto range = read_range(rest.substr(0, comma));
    if (range && contains(*range, address)) return range;
    if (!first) first = range;
    rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);
  }
  return first;
}

bool contains(const net::Range& range, const net::Address& address) {
  return range.first.family() == address.family() && range.first <= address &&
         address <= range.last;
}

bool narrower(const net::Range& a, const net::Range& b) {
  if (a.first.family() != b.first.family()) return a.first.family() < b.first.family();
  auto size = [](const net::Range& range) {
    return net::value_of(range.last) - net::value_of(range.first);
  };
  return size(a) < size(b);
}

}  // namespace mailtrust::whois
