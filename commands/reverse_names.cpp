#include "commands/reverse_names.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "iprev/iprev.hpp"
#include "list/store.hpp"
#include "net/special_purpose.hpp"
#include "store/cache.hpp"
#include "store/file.hpp"

namespace mailtrust::commands {
namespace {

constexpr std::string_view kKind = "reverse-names";
constexpr std::int64_t kFoundSeconds = std::int64_t{7} * 86400;
constexpr std::int64_t kNoneSeconds = 86400;

void prefetch_names(std::span<const net::Address> addresses, dns::Resolver& resolver) {
  std::vector<dns::Question> questions;
  for (const auto& address : addresses)
    if (auto name = dns::Name::read(net::reverse_name(address)))
      questions.push_back({*name, dns::Type::ptr});
  resolver.prefetch(questions);
}

// The way back of all of them, under way at once.
void prefetch_addresses(std::span<const net::Address> addresses, dns::Resolver& resolver) {
  std::vector<dns::Question> questions;
  for (const auto& address : addresses) {
    auto names = resolver.ptr(address).records;
    names.resize(std::min(names.size(), limits::kReverseNames));
    for (auto& name : names)
      questions.push_back({std::move(name), address.is_v4() ? dns::Type::a : dns::Type::aaaa});
  }
  resolver.prefetch(questions);
}

ReverseNames::Known known_of(const iprev::Outcome& outcome) {
  for (const auto& claim : outcome.claims)
    if (claim.confirmed == iprev::Confirmed::yes) return {to_string(claim.name), false};
  return {{}, outcome.result == iprev::Result::temperror};
}

}  // namespace

void ReverseNames::load(const cli::Context& context) {
  now_ = context.now;
  if (!context.globals.zones.empty()) return;
  auto path = list::store_path(context.globals.store);
  if (!path) return;
  store_ = *path;
  auto presence = store::look_for(store_);
  if (!presence || *presence == store::Presence::missing) return;
  auto cache = store::Cache::open(store_, store::Access::read);
  if (!cache) return;
  auto rows = cache->all(kKind);
  if (!rows) return;
  for (auto& row : *rows)
    if (row.expires && *row.expires > now_ && row.fetched <= now_)
      names_.emplace(std::move(row.key), Kept{{std::move(row.value), false}, false});
}

std::vector<net::Address> ReverseNames::unknown(const std::vector<net::Address>& addresses) const {
  std::vector<net::Address> missing;
  std::lock_guard lock(mutex_);
  for (const auto& address : addresses)
    if (!net::is_unreachable(address) && !names_.contains(to_string(address)))
      missing.push_back(address);
  return missing;
}

void ReverseNames::look_up(const std::vector<net::Address>& addresses, cli::Context& context) {
  constexpr std::size_t kAtOnce = 128;
  loaded_.run([&] { load(context); });
  auto missing = unknown(addresses);
  std::span rest(missing);
  while (!rest.empty()) {
    auto some = rest.first(std::min(rest.size(), kAtOnce));
    look_up_some(some, context);
    rest = rest.subspan(some.size());
  }
}

void ReverseNames::look_up_some(std::span<const net::Address> addresses, cli::Context& context) {
  prefetch_names(addresses, context.resolver);
  prefetch_addresses(addresses, context.resolver);
  for (const auto& address : addresses) {
    auto known = known_of(iprev::check(context.resolver, address));
    std::lock_guard lock(mutex_);
    names_[to_string(address)] = {std::move(known), true};
  }
}

ReverseNames::Known ReverseNames::get(const net::Address& address) const {
  if (net::is_unreachable(address)) return {};
  std::lock_guard lock(mutex_);
  auto found = names_.find(to_string(address));
  return found == names_.end() ? Known{{}, true} : found->second.known;
}

void ReverseNames::finish(cli::Output& output) {
  std::vector<store::Cached> rows;
  for (const auto& [address, kept] : names_) {
    if (!kept.is_new || kept.known.untold) continue;
    auto lasts = kept.known.name.empty() ? kNoneSeconds : kFoundSeconds;
    rows.push_back({address, now_, now_ + lasts, kept.known.name});
  }
  if (store_.empty() || rows.empty()) return;
  auto cache = store::Cache::open(store_, store::Access::write);
  auto kept = cache ? cache->put(kKind, rows) : fail(cache.error());
  if (kept) kept = cache->forget_expired(kKind, now_);
  if (kept) return;
  auto error = kept.error();
  error.message += "; the names are not kept for the next run";
  output.complain(error);
}

}  // namespace mailtrust::commands
