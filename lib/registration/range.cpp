// Ranges as registries write them.
#include <array>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "registration/registration.hpp"

namespace mailtrust::registration {
namespace {

// Four numbers of any digits; LACNIC leaves out zeros at the end ("177.224/13").
std::optional<net::Address> read_quad(std::string_view text) {
  std::array<std::uint8_t, 4> octets{};
  auto parts = ascii::split(text, '.');
  if (parts.size() > octets.size()) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto octet = parse_number<std::uint8_t>(parts[i]);
    if (!octet) return std::nullopt;
    octets[i] = *octet;
  }
  return net::Address::v4(octets);
}

std::optional<net::Address> read_alone(std::string_view text) {
  if (text.size() > 64) return std::nullopt;
  if (text.find(':') == std::string_view::npos) return read_quad(text);
  auto address = net::Address::read(text);
  return address ? std::optional(address->unmapped()) : std::nullopt;
}

std::optional<net::Range> read_prefix(std::string_view text) {
  auto slash = text.find('/');
  auto address = read_alone(ascii::trim(text.substr(0, slash)));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return net::Range{*address, *address};
  auto length = parse_number<unsigned>(ascii::trim(text.substr(slash + 1)));
  if (!length || *length > net::width(address->family())) return std::nullopt;
  net::Prefix prefix{*address, *length};
  return net::Range{prefix.first(), prefix.last()};
}

}  // namespace

std::optional<net::Address> read_end(std::string_view text) {
  return read_alone(ascii::trim(text.substr(0, text.find('/'))));
}

std::optional<net::Range> read_range(std::string_view text) {
  auto dash = text.find('-');
  if (dash == std::string_view::npos) return read_prefix(text);
  auto first = read_end(text.substr(0, dash));
  auto last = read_end(text.substr(dash + 1));
  if (!first || !last || first->family() != last->family() || *last < *first) return std::nullopt;
  return net::Range{*first, *last};
}

}  // namespace mailtrust::registration
