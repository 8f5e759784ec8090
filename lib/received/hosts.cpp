#include "received/hosts.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "net/prefix_set.hpp"
#include "net/special_purpose.hpp"

namespace mailtrust::received {
namespace {

constexpr auto kHosts = std::to_array<Hosts>({
#include "received/hosts.inc"
});

template <typename Predicate>
bool any_word(std::string_view list, Predicate is) {
  while (!list.empty()) {
    auto end = std::min(list.find(' '), list.size());
    if (is(list.substr(0, end))) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

bool is_within_any(std::string_view host, std::string_view domains) {
  return any_word(domains, [&](auto domain) { return is_within_domain(host, domain); });
}

// The ranges of the table, read once.
struct Ranges {
  const Hosts* hosts;
  net::PrefixSet inside;        ///< Hosts::ranges
  net::PrefixSet calls_itself;  ///< the prefixes of Hosts::calls_itself
};

net::PrefixSet prefixes_in(std::string_view list) {
  net::PrefixSet set;
  any_word(list, [&](std::string_view word) {
    if (auto prefix = net::Prefix::read(word)) set.insert(*prefix);
    return false;
  });
  return set;
}

const std::array<Ranges, kHosts.size()>& all_ranges() {
  static const auto ranges = [] {
    std::array<Ranges, kHosts.size()> read;
    for (std::size_t i = 0; i < kHosts.size(); ++i)
      read[i] = {&kHosts[i], prefixes_in(kHosts[i].ranges), prefixes_in(kHosts[i].calls_itself)};
    return read;
  }();
  return ranges;
}

}  // namespace

std::span<const Hosts> hosts() {
  return kHosts;
}

bool is_within_domain(std::string_view host, std::string_view domain) {
  while (host.ends_with('.')) host.remove_suffix(1);
  // Nearly all differ in their last letter.
  if (host.empty() || domain.empty()) return false;
  if (ascii::lower(host.back()) != ascii::lower(domain.back())) return false;
  if (!ascii::iends_with(host, domain)) return false;
  host.remove_suffix(domain.size());
  return host.empty() || host.ends_with('.');
}

bool is_loopback(const net::Address& address) {
  const auto* block = net::special_purpose(address);
  return block != nullptr && block->purpose == net::Purpose::local;
}

const Hosts* hosts_of_name(const Peer& peer) {
  if (!peer.name_verified || peer.name.empty()) return nullptr;
  const auto* found = std::ranges::find_if(
      kHosts, [&](const Hosts& hosts) { return is_within_any(peer.name, hosts.names); });
  return found == kHosts.end() ? nullptr : found;
}

bool is_written_by(const Hosts& hosts, const Field& field) {
  if (is_within_any(field.by, hosts.names) || is_within_any(field.by, hosts.calls_itself))
    return true;
  auto address = read_address(field.by);
  const auto& ranges = all_ranges()[static_cast<std::size_t>(&hosts - kHosts.data())];
  return address && ranges.calls_itself.contains(*address);
}

const Hosts* hosts_that_wrote(const Field& field) {
  const auto* found =
      std::ranges::find_if(kHosts, [&](const Hosts& hosts) { return is_written_by(hosts, field); });
  return found == kHosts.end() ? nullptr : found;
}

bool stays_in_range(const Field& field) {
  return std::ranges::any_of(all_ranges(), [&](const Ranges& ranges) {
    return ranges.inside.contains(*field.peer.ip) && is_written_by(*ranges.hosts, field);
  });
}

const Hosts* stays_by_name(const Field& field) {
  const auto* hosts = hosts_of_name(field.peer);
  return hosts && is_written_by(*hosts, field) ? hosts : nullptr;
}

}  // namespace mailtrust::received
