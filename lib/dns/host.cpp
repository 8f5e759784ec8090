#include "dns/host.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "net/special_purpose.hpp"

namespace mailtrust::dns {
namespace {

using Clock = std::chrono::steady_clock;

Unexpected trouble(std::string message) {
  return fail(Error::Kind::temporary, "", std::move(message));
}

std::vector<net::Address> loopback() {
  return {*net::Address::read("127.0.0.1"), *net::Address::read("::1")};
}

bool is_localhost(const Name& name) {
  static const Name kLocalhost = *Name::read("localhost");
  return name.is_within(kLocalhost);
}

bool is_of_host_name(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

void add(std::vector<net::Address>& out, const std::vector<net::Address>& addresses) {
  for (const auto& address : addresses)
    if (std::ranges::find(out, address) == out.end()) out.push_back(address);
}

// Neither family has an address. What could not be told goes first: there may be one after all.
Unexpected no_address(const Lookup<net::Address>& v4, const Lookup<net::Address>& v6) {
  for (const auto* lookup : {&v4, &v6})
    if (lookup->status == Status::failed)
      return trouble("its address could not be found out: " +
                     std::string(to_string(lookup->answer->failure)));
  return trouble(v4.status == Status::nxdomain ? "no such name in DNS" : "has no address in DNS");
}

}  // namespace

Expected<std::vector<net::Address>> host_addresses(std::string_view host, Resolver& resolver,
                                                   std::chrono::steady_clock::time_point deadline) {
  if (auto address = net::Address::read(host)) return std::vector{*address};
  auto name = Name::read(host);
  if (!name) return trouble("not a host name");
  if (is_localhost(*name)) return loopback();
  std::array questions{Question{*name, Type::a}, Question{*name, Type::aaaa}};
  resolver.prefetch(questions);
  auto left = deadline - Clock::now();
  auto v4 = resolver.addresses(*name, net::Family::v4, deadline - left / 4);
  // With an address in hand the other family must not cost the time to use it.
  if (v4.status == Status::found) deadline -= (deadline - Clock::now()) / 2;
  auto v6 = resolver.addresses(*name, net::Family::v6, deadline);
  std::vector<net::Address> addresses;
  add(addresses, v4.records);
  add(addresses, v6.records);
  if (addresses.empty()) return no_address(v4, v6);
  return addresses;
}

Expected<std::vector<net::Address>> only_public(std::vector<net::Address> addresses) {
  auto first = addresses.front();
  std::erase_if(addresses, [](const auto& address) { return !net::is_public(address); });
  if (!addresses.empty()) return addresses;
  const auto* block = net::special_purpose(first);
  return trouble(to_string(first) + " is not a public address" +
                 (block == nullptr ? "" : ": " + std::string(block->name)));
}

std::optional<std::string> read_host(std::string_view text) {
  if (auto address = net::Address::read(text)) return to_string(*address);
  auto name = Name::parse_any(text);
  if (!name || name->is_root()) return std::nullopt;
  auto host = to_string(*name);
  if (!std::ranges::all_of(host, is_of_host_name)) return std::nullopt;
  return host;
}

}  // namespace mailtrust::dns
