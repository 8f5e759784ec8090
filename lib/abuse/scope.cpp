#include "abuse/scope.hpp"

#include <algorithm>
#include <span>

namespace mailtrust::abuse {

net::Prefix block_of(const net::Address& address) {
  net::Prefix block{address, address.is_v4() ? kWidestV4 : kWidestV6};
  return {block.first(), block.length};
}

net::Range scope_of(const net::Range& network, const net::Address& address) {
  auto block = block_of(address);
  if (size_of(network) <= size_of({block.first(), block.last()})) return network;
  return {std::max(network.first, block.first()), std::min(network.last, block.last())};
}

bool holds(const net::Range& range, const net::Address& address) {
  return range.first.family() == address.family() && range.first <= address &&
         address <= range.last;
}

std::string to_text(const net::Range& range) {
  auto prefixes = net::PrefixSet::of(std::span(&range, 1)).prefixes();
  if (prefixes.size() == 1) return to_string(prefixes.front());
  return to_string(range.first) + " - " + to_string(range.last);
}

std::optional<net::Range> range_from(std::string_view text) {
  if (auto prefix = net::Prefix::read(text)) return net::Range{prefix->first(), prefix->last()};
  constexpr std::string_view kTo = " - ";
  auto to = text.find(kTo);
  if (to == std::string_view::npos) return std::nullopt;
  auto first = net::Address::read(text.substr(0, to));
  auto last = net::Address::read(text.substr(to + kTo.size()));
  if (!first || !last || first->family() != last->family() || *last < *first) return std::nullopt;
  return net::Range{*first, *last};
}

net::Uint128 size_of(const net::Range& range) {
  return net::value_of(range.last) - net::value_of(range.first);
}

}  // namespace mailtrust::abuse
