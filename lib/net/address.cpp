#include "net/address.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust::net {
namespace {

// A decimal number of at most `max`, without leading zeros; takes its digits off the text.
std::optional<unsigned> take_decimal(std::string_view& text, unsigned max) {
  unsigned value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && ascii::is_digit(text[digits])) {
    value = value * 10 + static_cast<unsigned>(text[digits++] - '0');
    if (value > max || (digits == 2 && text[0] == '0')) return std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool read_quad(std::string_view text, std::uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    if (i > 0) {
      if (!text.starts_with('.')) return false;
      text.remove_prefix(1);
    }
    auto octet = take_decimal(text, 255);
    if (!octet) return false;
    out[i] = static_cast<std::uint8_t>(*octet);
  }
  return text.empty();
}

// One group of up to four hexadecimal digits.
bool read_group(std::string_view group, std::uint8_t* out) {
  if (group.empty() || group.size() > 4) return false;
  unsigned value = 0;
  for (char c : group) {
    int digit = ascii::hex_value(c);
    if (digit < 0) return false;
    value = value << 4 | static_cast<unsigned>(digit);
  }
  out[0] = static_cast<std::uint8_t>(value >> 8);
  out[1] = static_cast<std::uint8_t>(value);
  return true;
}

// Groups between colons into `out`; how many octets they made, or nothing. A dotted quad may end
// them.
std::optional<std::size_t> read_groups(std::string_view text, std::uint8_t* out,
                                       bool quad_allowed) {
  std::size_t used = 0;
  if (text.empty()) return used;
  while (true) {
    auto colon = text.find(':');
    auto group = text.substr(0, colon);
    bool last = colon == std::string_view::npos;
    if (last && quad_allowed && group.find('.') != std::string_view::npos) {
      if (used > 12 || !read_quad(group, out + used)) return std::nullopt;
      return used + 4;
    }
    if (used > 14 || !read_group(group, out + used)) return std::nullopt;
    used += 2;
    if (last) return used;
    text.remove_prefix(colon + 1);
  }
}

bool read_v6(std::string_view text, std::uint8_t* out) {
  auto gap = text.find("::");
  if (gap == std::string_view::npos) return read_groups(text, out, true) == 16;
  std::uint8_t tail[16] = {};
  auto head_size = read_groups(text.substr(0, gap), out, false);
  auto tail_size = read_groups(text.substr(gap + 2), tail, true);
  // RFC 5952 section 4.2.2 asks writers not to shorten one group; RFC 4291 lets readers accept it.
  if (!head_size || !tail_size || *head_size + *tail_size > 14) return false;
  std::copy_backward(tail, tail + *tail_size, out + 16);
  return true;
}

std::string quad_text(const std::uint8_t* octets) {
  std::string out;
  for (int i = 0; i < 4; ++i) {
    if (i > 0) out += '.';
    auto value = octets[i];
    if (value >= 100) out += static_cast<char>('0' + value / 100);
    if (value >= 10) out += static_cast<char>('0' + value / 10 % 10);
    out += static_cast<char>('0' + value % 10);
  }
  return out;
}

}  // namespace

Address Address::v4(std::span<const std::uint8_t, 4> octets) {
  Address address;
  std::ranges::copy(octets, address.octets_.begin());
  return address;
}

Address Address::v4(std::uint32_t value) {
  Address address;
  for (std::size_t i = 0; i < 4; ++i)
    address.octets_[i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
  return address;
}

Address Address::v6(std::span<const std::uint8_t, 16> octets) {
  Address address;
  address.family_ = Family::v6;
  std::ranges::copy(octets, address.octets_.begin());
  return address;
}

std::optional<Address> Address::read(std::string_view text) {
  Address address;
  if (text.find(':') == std::string_view::npos) {
    if (!read_quad(text, address.octets_.data())) return std::nullopt;
    return address;
  }
  address.family_ = Family::v6;
  if (!read_v6(text, address.octets_.data())) return std::nullopt;
  return address;
}

Expected<Address> Address::parse(std::string_view text) {
  if (auto address = read(text)) return *address;
  return fail(Error::Kind::input, "",
              quote(text) + ": not an address; expected one such as 192.0.2.1 or 2001:db8::1");
}

std::span<const std::uint8_t> Address::octets() const {
  return std::span(octets_).first(is_v4() ? 4 : 16);
}

Address Address::unmapped() const {
  constexpr std::uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (is_v4() || std::memcmp(octets_.data(), kMapped, sizeof kMapped) != 0) return *this;
  return v4(std::span(octets_).last<4>());
}

bool Address::bit(unsigned index) const {
  return (octets_[index / 8] >> (7 - index % 8) & 1) != 0;
}

std::uint32_t Address::to_v4_value() const {
  return static_cast<std::uint32_t>(octets_[0]) << 24 |
         static_cast<std::uint32_t>(octets_[1]) << 16 |
         static_cast<std::uint32_t>(octets_[2]) << 8 | octets_[3];
}

std::string to_string(const Address& address) {
  auto octets = address.octets();
  if (address.is_v4()) return quad_text(octets.data());
  auto group = [&](std::size_t i) {
    return static_cast<unsigned>(octets[2 * i] << 8 | octets[2 * i + 1]);
  };
  // RFC 5952 section 5: the mixed form for a prefix known to hold IPv4 addresses.
  if (address.unmapped().is_v4()) return "::ffff:" + quad_text(octets.data() + 12);

  // RFC 5952 section 4.2.3: the longest run of zeros, the first of equals, never a single group.
  std::size_t best = 8;
  std::size_t best_length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t length = 0;
    while (i + length < 8 && group(i + length) == 0) ++length;
    if (length > best_length) {
      best = i;
      best_length = length;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += best_length - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    char digits[4];
    out.append(digits, std::to_chars(digits, digits + 4, group(i), 16).ptr);
  }
  return out;
}

std::string reverse_name(const Address& address) {
  std::string out;
  auto octets = address.octets();
  for (std::size_t i = octets.size(); i-- > 0;) {
    if (address.is_v4()) {
      out += std::to_string(octets[i]) + '.';
    } else {
      constexpr char kHex[] = "0123456789abcdef";
      out += {kHex[octets[i] & 15], '.', kHex[octets[i] >> 4], '.'};
    }
  }
  return out + (address.is_v4() ? "in-addr.arpa" : "ip6.arpa");
}

std::optional<Prefix> Prefix::read(std::string_view text) {
  auto slash = text.find('/');
  auto address = Address::read(text.substr(0, slash));
  if (!address) return std::nullopt;
  Prefix prefix{*address, width(address->family())};
  if (slash == std::string_view::npos) return prefix;
  auto rest = text.substr(slash + 1);
  auto length = take_decimal(rest, prefix.length);
  if (!length || !rest.empty()) return std::nullopt;
  prefix.length = *length;
  return prefix;
}

Expected<Prefix> Prefix::parse(std::string_view text) {
  if (auto prefix = read(text)) return *prefix;
  return fail(Error::Kind::input, "",
              quote(text) + ": not a prefix; expected one such as 192.0.2.0/24 or 2001:db8::/32");
}

namespace {

Address with_host_bits(const Prefix& prefix, bool set) {
  Address::Octets octets{};
  std::ranges::copy(prefix.address.octets(), octets.begin());
  auto size = prefix.address.octets().size();
  for (std::size_t i = prefix.length / 8; i < size; ++i) {
    unsigned kept = i == prefix.length / 8 ? prefix.length % 8 : 0;
    auto host = static_cast<std::uint8_t>(0xff >> kept);
    octets[i] = static_cast<std::uint8_t>(set ? octets[i] | host : octets[i] & ~host);
  }
  if (size == 4) return Address::v4(std::span(octets).first<4>());
  return Address::v6(octets);
}

}  // namespace

Address Prefix::first() const {
  return with_host_bits(*this, false);
}

Address Prefix::last() const {
  return with_host_bits(*this, true);
}

bool Prefix::contains(const Address& other) const {
  if (other.family() != address.family()) return false;
  auto a = address.octets();
  auto b = other.octets();
  if (std::memcmp(a.data(), b.data(), length / 8) != 0) return false;
  unsigned rest = length % 8;
  return rest == 0 || ((a[length / 8] ^ b[length / 8]) >> (8 - rest)) == 0;
}

std::string to_string(const Prefix& prefix) {
  return to_string(prefix.address) + '/' + std::to_string(prefix.length);
}

}  // namespace mailtrust::net
