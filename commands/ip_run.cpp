#include "commands/ip_run.hpp"

#include <utility>

#include "commands/list_validate_sources.hpp"
#include "iprev/generic.hpp"
#include "list/covering.hpp"
#include "list/provider_lookup.hpp"
#include "list/store.hpp"
#include "net/special_purpose.hpp"
#include "provider/provider.hpp"
#include "store/file.hpp"

namespace mailtrust::commands {
namespace {

using iprev::Confirmed;

std::optional<GenericName> generic_name(const iprev::Outcome& outcome,
                                        const net::Address& address) {
  for (const auto& claim : outcome.claims)
    if (auto reason = iprev::generic_reason(claim.name, address))
      return GenericName{to_string(claim.name), std::move(*reason)};
  return std::nullopt;
}

std::optional<KnownProvider> by_host(const dns::Name& name, std::string how) {
  auto text = to_string(name);
  auto matches = provider::by_host(text);
  if (matches.empty()) return std::nullopt;
  auto probably = matches.front().probably ? "probably " : "";
  return KnownProvider{probably + std::string(matches.front().provider->name),
                       std::move(how) + text};
}

// Anybody can give an address any name: only one that points back is the operator's. Whoever runs
// the network is who makes the reverse name an alias.
std::optional<KnownProvider> by_name(const iprev::Outcome& outcome) {
  for (const auto& claim : outcome.claims) {
    if (claim.confirmed != Confirmed::yes) continue;
    if (auto known = by_host(claim.name, "name ")) return known;
    for (const auto& alias : claim.aliases)
      if (auto known = by_host(alias, "alias ")) return known;
  }
  for (const auto& alias : outcome.aliases)
    if (auto known = by_host(alias, "alias ")) return known;
  return std::nullopt;
}

}  // namespace

Expected<IpAnswer> IpRun::look_up(const net::Address& address, cli::Context& context) {
  prepared_.run([&] { ready_ = prepare(context); });
  if (!ready_) return fail(ready_.error());
  for (const auto& zone : sweep_->zones())
    if (!zone.secret.empty()) context.resolver.conceal(zone.secret);

  auto deadline = deadline_of(context);
  IpAnswer answer;
  answer.address = address.unmapped();
  if (auto name = dns::Name::read(net::reverse_name(answer.address))) {
    dns::Question reverse{*name, dns::Type::ptr};
    context.resolver.prefetch({&reverse, 1});
  }
  // An address of the inside is nobody's business, unless lists were named: it may be a test entry.
  bool named = !options_->dnsbl_file.empty() || !options_->zones.empty();
  if (named || !net::is_unreachable(answer.address))
    answer.listings = sweep_->look_up(context.resolver, answer.address);
  answer.name = iprev::check(context.resolver, answer.address);
  answer.generic = generic_name(answer.name, answer.address);
  answer.provider = provider_of(answer, context);
  decide(answer);
  find_owner(answer, deadline, context);
  return answer;
}

Expected<void> IpRun::prepare(const cli::Context& context) {
  read_own_lists(context);
  return choose_lists(context.globals);
}

// A zone file turns nobody away: there the answers are those of the file, whatever --jobs says.
Expected<void> IpRun::choose_lists(const cli::Globals& globals) {
  const auto& keys = globals.config.keys;
  auto zones = options_->dnsbl_file.empty()
                   ? dnsbl::known_zones(keys)
                   : dnsbl::parse_zones(options_->dnsbl_text, options_->dnsbl_file, keys);
  if (zones && !options_->zones.empty()) zones = dnsbl::choose(options_->zones, *zones, keys);
  if (!zones) return fail(zones.error());
  sweep_.emplace(std::move(*zones),
                 globals.zones.empty() ? dnsbl::Refused::left_alone : dnsbl::Refused::asked_again);
  return {};
}

// That there is no store is no trouble, unless one was named.
void IpRun::read_own_lists(const cli::Context& context) {
  auto path = list::store_path(context.globals.store);
  if (!path) return;
  auto presence = store::look_for(*path);
  bool missing = presence && *presence == store::Presence::missing;
  if (missing && !context.globals.store_typed) return;
  auto kept = list::members_of_store(*path, {}, context.now);
  if (!kept) {
    own_trouble_ = kept.error();
    return;
  }
  for (auto& member : kept->members) own_.add(std::move(member));
}

void IpRun::decide(IpAnswer& answer) const {
  answer.own_trouble = own_trouble_;
  auto decision = own_.decide({answer.address, {}});
  if (decision)
    answer.own = std::move(*decision);
  else
    answer.own_trouble = decision.error();
}

void IpRun::find_owner(IpAnswer& answer, abuse::Clock::time_point deadline, cli::Context& context) {
  if (options_->no_registry) {
    answer.owner_not_asked = "not asked: --no-registry";
    return;
  }
  auto& finder = options_->finder.get(context);
  auto owner = finder.find(answer.address, abuse::Want::network, context.resolver, deadline);
  bool offline = !context.globals.zones.empty();
  if (offline && owner.steps.empty() && !owner.network && owner.internal.empty())
    answer.owner_not_asked = "not asked: the registries are not in --zone";
  else
    answer.owner = std::move(owner);
}

std::optional<KnownProvider> IpRun::provider_of(const IpAnswer& answer, cli::Context& context) {
  if (auto known = by_name(answer.name)) return known;
  if (net::is_unreachable(answer.address)) return std::nullopt;
  ranges_known_.run([&] {
    ranges_ = list::look_up_providers({&context.resolver, cache_path(context.globals), context.now,
                                       !context.globals.zones.empty()})
                  .ranges;
  });
  auto hit = ranges_.find(list::block_of(answer.address));
  if (!hit || hit->providers.empty()) return std::nullopt;
  return KnownProvider{hit->providers.front(), "SPF range " + to_string(hit->range)};
}

}  // namespace mailtrust::commands
