#pragma once
// The resolvers that are asked: as typed after --resolver, or as the system has them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "net/address.hpp"

namespace mailtrust::dns {

struct Server {
  net::Address address;
  std::uint16_t port = 53;
  std::string zone;  ///< RFC 4007 zone of a link-local address, such as `eth0`; mostly empty

  friend bool operator==(const Server&, const Server&) = default;
};

/// `ADDR`, `ADDR:PORT`, `[ADDR]` or `[ADDR]:PORT`; an IPv6 address with a port needs the brackets,
/// and may end in `%ZONE`. Port 1 to 65535. An Error of kind usage quotes the text; `where` is left
/// empty.
Expected<Server> parse_server(std::string_view text);

/// `192.0.2.53:53`, `[2001:db8::53]:53`, `[fe80::1%eth0]:53`.
std::string to_string(const Server& server);

/// The `nameserver` lines of a resolv.conf(5), at most three, as the C library has it. Lines that
/// cannot be read are passed over. 127.0.0.1 when there is none, or no such file.
std::vector<Server> system_servers(const std::string& path = "/etc/resolv.conf");

}  // namespace mailtrust::dns
