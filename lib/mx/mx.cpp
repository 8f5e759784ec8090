#include "mx/mx.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/limits.hpp"

namespace mailtrust::mx {
namespace {

constexpr std::array kFamilies = {net::Family::v4, net::Family::v6};

void look_up(dns::Resolver& resolver, Host& host) {
  for (auto family : kFamilies) {
    auto lookup = resolver.addresses(host.exchange, family);
    if (lookup.status == dns::Status::failed) host.undetermined = true;
    if (!lookup.answer->aliases.empty()) host.is_alias = true;
    host.addresses.insert(host.addresses.end(), lookup.records.begin(), lookup.records.end());
  }
}

void look_up_all(dns::Resolver& resolver, std::span<Host> hosts) {
  std::vector<dns::Question> questions;
  for (const auto& host : hosts) {
    questions.push_back({host.exchange, dns::Type::a});
    questions.push_back({host.exchange, dns::Type::aaaa});
  }
  resolver.prefetch(questions);
  for (auto& host : hosts) look_up(resolver, host);
}

// RFC 5321 section 5.1: without an MX the domain itself is treated as one with preference 0.
void look_up_implicit(dns::Resolver& resolver, Outcome& outcome) {
  Host self{0, outcome.domain, {}, false, false};
  look_up(resolver, self);
  self.is_alias = false;  // the alias is the domain's own, not an exchange's
  outcome.implicit = !self.addresses.empty();
  if (outcome.implicit || self.undetermined) outcome.hosts.push_back(std::move(self));
}

}  // namespace

bool Outcome::determined() const {
  if (status == dns::Status::failed) return false;
  return reachable() || std::ranges::none_of(hosts, &Host::undetermined);
}

bool Outcome::reachable() const {
  return std::ranges::any_of(hosts, [](const Host& host) { return !host.addresses.empty(); });
}

Outcome survey(dns::Resolver& resolver, const dns::Name& domain) {
  Outcome outcome;
  outcome.domain = domain;
  auto lookup = resolver.mx(domain);
  outcome.status = lookup.status;
  outcome.failure = lookup.answer->failure;
  if (lookup.status == dns::Status::failed || lookup.status == dns::Status::nxdomain)
    return outcome;
  if (lookup.records.empty()) {
    look_up_implicit(resolver, outcome);
    return outcome;
  }
  for (const auto& record : lookup.records) {
    // RFC 7505 section 3: a single MX whose exchange is the root.
    if (record.exchange.is_root()) {
      outcome.null_mx = lookup.records.size() == 1;
      outcome.mixed_null_mx = !outcome.null_mx;
    } else {
      outcome.hosts.push_back({record.preference, record.exchange, {}, false, false});
    }
  }
  auto count = std::min(outcome.hosts.size(), limits::kMxHosts);
  auto hosts = std::span(outcome.hosts);
  look_up_all(resolver, hosts.first(count));
  for (auto& host : hosts.subspan(count)) host.undetermined = true;
  return outcome;
}

}  // namespace mailtrust::mx
