#include "received/trusted.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust::received {
namespace {

// RFC 1123 section 2.1, and underscores, which hosts have all the same.
bool is_label(std::string_view label) {
  constexpr std::size_t kMostLabel = 63;
  auto is_host_octet = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; };
  return !label.empty() && label.size() <= kMostLabel && std::ranges::all_of(label, is_host_octet);
}

// One label alone would trust whatever calls itself so inside; an all-numeric name is an address
// that was mistyped.
bool is_host(std::string_view name) {
  constexpr std::size_t kMostName = 253;
  auto labels = ascii::split(name, '.');
  return name.size() <= kMostName && labels.size() > 1 && std::ranges::all_of(labels, is_label) &&
         !std::ranges::all_of(labels.back(), ascii::is_digit);
}

}  // namespace

Expected<void> Trusted::add(std::string_view text) {
  if (auto prefix = net::Prefix::read(text)) {
    prefixes_.insert(*prefix);
    return {};
  }
  auto name = text;
  if (name.ends_with('.')) name.remove_suffix(1);
  if (!is_host(name.starts_with('.') ? name.substr(1) : name))
    return fail(Error::Kind::input, {},
                quote(text) +
                    ": expected an address, a prefix or a host name (a.example.org, "
                    "or .example.org for all below)");
  add_host(ascii::to_lower(name));
  return {};
}

void Trusted::add_host(std::string host) {
  auto at = std::ranges::lower_bound(hosts_, host);
  if (at == hosts_.end() || *at != host) hosts_.insert(at, std::move(host));
}

void Trusted::add(const net::PrefixSet& prefixes) {
  prefixes_ = prefixes_ | prefixes;
}

void Trusted::add(const Trusted& others) {
  add(others.prefixes_);
  for (const auto& host : others.hosts_) add_host(host);
}

bool Trusted::contains(const net::Address& address) const {
  return prefixes_.contains(address);
}

bool Trusted::contains_host(std::string_view name) const {
  if (hosts_.empty() || name.empty()) return false;
  auto host = ascii::to_lower(name);
  if (host.ends_with('.')) host.pop_back();
  if (std::ranges::binary_search(hosts_, host)) return true;
  for (auto dot = host.find('.'); dot != std::string::npos; dot = host.find('.', dot + 1))
    if (std::ranges::binary_search(hosts_, host.substr(dot))) return true;
  return false;
}

}  // namespace mailtrust::received
