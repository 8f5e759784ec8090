#pragma once
// Addresses and ports in the shape the system calls want them.

#include <cstdint>
#include <optional>
#include <string>

#include <sys/socket.h>

#include "net/address.hpp"

namespace mailtrust::net {

struct Endpoint {
  Address address;
  std::uint16_t port = 0;
  std::string zone = {};  ///< RFC 4007 zone of a link-local address, such as `eth0`; mostly empty
};

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] const sockaddr* generic() const;
};

SocketAddress to_socket_address(const Endpoint& endpoint);

/// The address within; nothing for other families and what is too short for its family.
std::optional<Address> address_of(const sockaddr& address, socklen_t size);

}  // namespace mailtrust::net
