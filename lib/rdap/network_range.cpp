#include "rdap/network_range.hpp"

#include <string>
#include <string_view>

#include "registration/registration.hpp"

namespace mailtrust::rdap {
namespace {

using json::Value;

// A prefix of draft-ietf-regext-rdap-cidr0 ("cidr0_cidrs").
std::optional<net::Range> read_cidr(const Value& cidr) {
  auto prefix = cidr["v4prefix"].is_text() ? cidr["v4prefix"].text() : cidr["v6prefix"].text();
  const auto& length = cidr["length"];
  auto digits = length.integer() ? std::to_string(*length.integer()) : std::string(length.text());
  if (prefix.size() > 64 || digits.size() > 3) return std::nullopt;
  return registration::read_range(std::string(prefix) + '/' + digits);
}

// The one of them around the address.
std::optional<net::Range> read_cidrs(const Value& network, const net::Address& address) {
  for (const auto& cidr : network["cidr0_cidrs"].items()) {
    auto range = read_cidr(cidr);
    if (is_around(range, address)) return range;
  }
  return std::nullopt;
}

}  // namespace

bool is_around(const std::optional<net::Range>& range, const net::Address& address) {
  return range && range->first <= address && address <= range->last;
}

std::optional<net::Range> read_network_range(const Value& network, const net::Address& address) {
  auto first = network["startAddress"].text();
  auto last = network["endAddress"].text();
  if (!first.empty() && !last.empty()) {
    auto begin = registration::read_end(first);
    auto end = registration::read_end(last);
    if (begin && end && begin->family() == end->family() && *begin <= *end)
      return net::Range{*begin, *end};
  }
  if (auto range = read_cidrs(network, address)) return range;
  if (!first.empty()) return registration::read_range(first);
  return registration::read_range(network["handle"].text());
}

bool tells_range(const Value& network) {
  return !network["startAddress"].is_null() || !network["endAddress"].is_null() ||
         !network["cidr0_cidrs"].items().empty();
}

}  // namespace mailtrust::rdap
