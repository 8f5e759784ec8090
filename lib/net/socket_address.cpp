#include "net/socket_address.hpp"

#include <array>
#include <cstring>
#include <span>

#include <net/if.h>
#include <netinet/in.h>

namespace mailtrust::net {

const sockaddr* SocketAddress::generic() const {
  return reinterpret_cast<const sockaddr*>(&storage);
}

SocketAddress to_socket_address(const Endpoint& endpoint) {
  SocketAddress out;
  auto octets = endpoint.address.octets();
  if (endpoint.address.is_v4()) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint.port);
    std::memcpy(&address.sin_addr, octets.data(), octets.size());
    std::memcpy(&out.storage, &address, out.size = sizeof address);
  } else {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(endpoint.port);
    address.sin6_scope_id = endpoint.zone.empty() ? 0 : ::if_nametoindex(endpoint.zone.c_str());
    std::memcpy(&address.sin6_addr, octets.data(), octets.size());
    std::memcpy(&out.storage, &address, out.size = sizeof address);
  }
  return out;
}

std::optional<Address> address_of(const sockaddr& address, socklen_t size) {
  if (address.sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return Address::v4(ntohl(v4.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6 || size < sizeof(sockaddr_in6)) return std::nullopt;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address, sizeof v6);
  std::array<std::uint8_t, 16> octets{};
  std::memcpy(octets.data(), &v6.sin6_addr, octets.size());
  return Address::v6(std::span<const std::uint8_t, 16>(octets));
}

}  // namespace mailtrust::net
