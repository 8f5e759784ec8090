#include "whois/range.hpp"

#include <bit>
#include <string>

#include "base/ascii.hpp"
#include "registration/registration.hpp"

namespace mailtrust::whois {
namespace {

/// Two addresses with spaces and padding; longer values hold something else.
constexpr std::size_t kLongest = 120;

/// 255.255.255.0 as 24.
std::optional<unsigned> length_of_mask(std::string_view text) {
  auto mask = net::Address::read(text);
  if (!mask || !mask->is_v4()) return std::nullopt;
  auto value = mask->to_v4_value();
  auto length = static_cast<unsigned>(std::countl_one(value));
  if (length < 32 && (value << length) != 0) return std::nullopt;
  return length;
}

/// An address and its mask, with a slash or a blank between them.
std::optional<net::Range> read_masked(std::string_view text) {
  auto end = text.find_first_of("/ ");
  if (end == text.npos) return std::nullopt;
  auto length = length_of_mask(ascii::trim(text.substr(end + 1)));
  if (!length) return std::nullopt;
  return registration::read_range(std::string(text.substr(0, end)) + '/' + std::to_string(*length));
}

/// "2001:db8/32".
std::optional<net::Range> read_cut_v6(std::string_view text) {
  auto slash = text.find('/');
  if (slash == text.npos || text.find(':') == text.npos || text.find("::") != text.npos)
    return std::nullopt;
  return registration::read_range(std::string(text.substr(0, slash)) +
                                  "::" + std::string(text.substr(slash)));
}

}  // namespace

std::optional<net::Range> read_range(std::string_view text) {
  text = ascii::trim(text.substr(0, text.find('(')));
  if (text.size() > kLongest) return std::nullopt;
  if (auto range = registration::read_range(text)) return range;
  if (auto range = read_masked(text)) return range;
  return read_cut_v6(text);
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

}  // namespace mailtrust::whois
