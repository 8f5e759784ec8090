#pragma once
// IPv4 and IPv6 addresses and prefixes. RFC 4291 and RFC 5952 (IPv6 text), RFC 4632 (prefixes).

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace mailtrust::net {

enum class Family : std::uint8_t { v4, v6 };

/// Bits in an address: 32 or 128.
constexpr unsigned width(Family family) {
  return family == Family::v4 ? 32 : 128;
}

/// An IPv4 or IPv6 address. Ordered by family (IPv4 first), then by value.
class Address {
 public:
  using Octets = std::array<std::uint8_t, 16>;

  Address() = default;

  /// From the four octets of an A record, or the sixteen of an AAAA record, in network order.
  static Address v4(std::span<const std::uint8_t, 4> octets);
  static Address v6(std::span<const std::uint8_t, 16> octets);
  static Address v4(std::uint32_t value);  ///< host order: 0xc0000201 is 192.0.2.1

  /// Strict text: four decimal numbers without leading zeros (no octal, no hex), or RFC 4291
  /// section 2.2 in full (`::`, dotted quad at the end). No zone id, port, brackets or white space.
  /// The address is kept as spelled: `::ffff:192.0.2.1` is IPv6 until unmapped().
  static std::optional<Address> read(std::string_view text);

  /// The same, with an Error of kind input that quotes the text; `where` is left empty.
  static Expected<Address> parse(std::string_view text);

  [[nodiscard]] Family family() const { return family_; }

  [[nodiscard]] bool is_v4() const { return family_ == Family::v4; }

  /// The 4 or 16 octets in network order.
  [[nodiscard]] std::span<const std::uint8_t> octets() const;

  /// The IPv4 address inside an IPv4-mapped one (::ffff:0:0/96), else the address itself.
  [[nodiscard]] Address unmapped() const;

  /// The value of bit `index`, 0 being the most significant.
  [[nodiscard]] bool bit(unsigned index) const;

  /// Host order; only for IPv4.
  [[nodiscard]] std::uint32_t to_v4_value() const;

  friend std::strong_ordering operator<=>(const Address&, const Address&) = default;
  friend bool operator==(const Address&, const Address&) = default;

 private:
  Family family_ = Family::v4;
  Octets octets_{};  // an IPv4 address is in the first four
};

/// RFC 5952 spelling for IPv6, dotted quad for IPv4.
std::string to_string(const Address& address);

/// The name that holds the PTR record, without a final dot: `1.2.0.192.in-addr.arpa`,
/// `...8.b.d.0.1.0.0.2.ip6.arpa` (RFC 1035 section 3.5, RFC 3596 section 2.5).
std::string reverse_name(const Address& address);

/// An address and how many of its leading bits count. Host bits are kept as given.
struct Prefix {
  Address address;
  unsigned length = 0;  ///< 0 to 32 or 0 to 128

  /// `ADDRESS` (full length) or `ADDRESS/LENGTH`; the length in decimal without leading zeros.
  static std::optional<Prefix> read(std::string_view text);
  static Expected<Prefix> parse(std::string_view text);

  [[nodiscard]] Address first() const;  ///< with the host bits cleared
  [[nodiscard]] Address last() const;   ///< with the host bits set
  [[nodiscard]] bool contains(const Address& other) const;

  friend std::strong_ordering operator<=>(const Prefix&, const Prefix&) = default;
  friend bool operator==(const Prefix&, const Prefix&) = default;
};

/// `192.0.2.0/24`; the length is always written, host bits as given.
std::string to_string(const Prefix& prefix);

}  // namespace mailtrust::net
