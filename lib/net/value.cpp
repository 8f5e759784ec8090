#include "net/value.hpp"

namespace mailtrust::net {

Uint128 value_of(const Address& address) {
  Uint128 value = 0;
  for (auto octet : address.octets()) value = value << 8 | octet;
  return value;
}

Address address_of(Family family, Uint128 value) {
  if (family == Family::v4) return Address::v4(static_cast<std::uint32_t>(value));
  Address::Octets octets{};
  for (std::size_t i = 0; i < octets.size(); ++i)
    octets[i] = static_cast<std::uint8_t>(value >> (120 - 8 * i));
  return Address::v6(octets);
}

}  // namespace mailtrust::net
