// IPv4 and IPv6 addresses (RFC 4291, RFC 5952): our two readers, and the C library's.
#include "net/address.hpp"

#include <arpa/inet.h>

#include "fuzz/target.hpp"
#include "list/address_text.hpp"
#include "net/special_purpose.hpp"
#include "net/value.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

std::optional<net::Address> by_c_library(std::string_view text) {
  std::string copy(text);
  if (copy.find('\0') != std::string::npos) return std::nullopt;
  net::Address::Octets octets{};
  if (inet_pton(AF_INET, copy.c_str(), octets.data()) == 1)
    return net::Address::v4(std::span(octets).first<4>());
  if (inet_pton(AF_INET6, copy.c_str(), octets.data()) == 1) return net::Address::v6(octets);
  return std::nullopt;
}

std::optional<net::Address> by_list_reader(std::string_view text) {
  const char* end = text.data() + text.size();
  std::uint32_t v4 = 0;
  net::Uint128 v6 = 0;
  if (list::read_v4(text.data(), end, v4) == end) return net::Address::v4(v4);
  if (list::read_v6(text.data(), end, v6) == end) return net::address_of(net::Family::v6, v6);
  return std::nullopt;
}

void look_at(const net::Address& address) {
  require(net::Address::read(to_string(address)) == address, "what was printed reads the same");
  require(net::address_of(address.family(), value_of(address)) == address, "as a number, too");
  char text[INET6_ADDRSTRLEN] = {};
  inet_ntop(address.is_v4() ? AF_INET : AF_INET6, address.octets().data(), text, sizeof text);
  require(net::Address::read(text) == address, "the C library's spelling is read");
  require(address.unmapped().unmapped() == address.unmapped(), "unmapped once and for all");
  require(reverse_name(address).ends_with(address.is_v4() ? ".in-addr.arpa" : ".ip6.arpa"),
          "there is a name for it");
  require(!net::is_public(address) || !net::is_unreachable(address.unmapped()),
          "public can be reached");
  const auto* block = net::special_purpose(address);
  require(block == nullptr || block->prefix.contains(address), "in the block it is said to be in");
}

}  // namespace

MAILTRUST_FUZZ(address, octets) {
  auto address = net::Address::read(octets);
  require(address == by_c_library(octets), "the C library reads the same");
  if (!octets.empty()) require(address == by_list_reader(octets), "and so does the quick reader");
  require(net::Address::parse(octets).has_value() == address.has_value(), "with errors, too");
  if (address) look_at(*address);
}
