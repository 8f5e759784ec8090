#include "list/seen_from.hpp"

#include <array>
#include <memory>
#include <utility>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>

namespace mailtrust::list {
namespace {

constexpr std::string_view kOfOpenDns = "myip.opendns.com";
constexpr std::string_view kOfGoogle = "o-o.myaddr.l.google.com";

std::optional<net::Address> address_of_interface(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* octets = nullptr;
  if (address == nullptr) return std::nullopt;
  if (address->sa_family == AF_INET)
    octets = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  else if (address->sa_family == AF_INET6)
    octets = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
  if (octets == nullptr) return std::nullopt;
  if (::inet_ntop(address->sa_family, octets, text.data(), text.size()) == nullptr)
    return std::nullopt;
  return net::Address::read(text.data());
}

bool is_of_this_machine(const net::Address& address) {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return false;
  std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owner(first, ::freeifaddrs);
  for (const auto* each = first; each != nullptr; each = each->ifa_next)
    if (address_of_interface(each->ifa_addr) == address) return true;
  return false;
}

std::optional<net::Address> ask_opendns(dns::Resolver& resolver) {
  auto found = resolver.addresses(*dns::Name::read(kOfOpenDns), net::Family::v4);
  if (found.status != dns::Status::found) return std::nullopt;
  return found.records[0];
}

}  // namespace

std::optional<net::Address> ssh_client(std::string_view text) {
  auto address = net::Address::read(text.substr(0, text.find(' ')));
  if (!address) return std::nullopt;
  return address->unmapped();
}

Expected<SeenFrom> seen_from(dns::Resolver& resolver) {
  if (auto address = ask_opendns(resolver))
    return SeenFrom{*address, "DNS: " + std::string(kOfOpenDns), true};
  auto told = resolver.txt(*dns::Name::read(kOfGoogle));
  // Beside the address there may be what the resolver tells of its client's network.
  for (const auto& text : told.records)
    if (auto address = net::Address::read(text))
      return SeenFrom{*address, "DNS: " + std::string(kOfGoogle), is_of_this_machine(*address)};
  return fail(
      Error::Kind::temporary, kOfGoogle,
      "DNS did not tell the address this machine is seen from; name it instead of --current");
}

}  // namespace mailtrust::list
