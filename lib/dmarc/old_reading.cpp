#include "dmarc/old_reading.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "dns/public_suffix.hpp"
#include "tag_list/tag_list.hpp"

namespace mailtrust::dmarc {
namespace {

unsigned percent_of(const tag_list::Parsed& tags) {
  const auto* pct = tags.find("pct");
  auto value = pct == nullptr ? std::nullopt : parse_number<unsigned>(pct->value);
  return value && *value <= 100 ? *value : 100;
}

// RFC 7489 section 6.6.3, step 6. Unlike RFC 9989 it demands a p= and knows nothing of np=.
void apply(OldPolicy& old, const Parsed& parsed, bool to_subdomain) {
  const auto& record = parsed.record;
  old.adkim = record.adkim;
  old.aspf = record.aspf;
  auto tags = tag_list::parse(record.text);
  old.percent = percent_of(tags);
  const auto* p = tags.find("p");
  const auto* sp = tags.find("sp");
  auto own = p == nullptr ? std::nullopt : policy_from_string(p->value);
  auto below = sp == nullptr ? own : policy_from_string(sp->value);
  if (own && below) {
    bool by_sp = to_subdomain && sp != nullptr;
    old.policy_tag = by_sp ? "sp" : "p";
    old.policy = by_sp ? below : own;
  } else if (!record.rua.empty()) {
    old.policy = Policy::none;
  }
}

}  // namespace

OldPolicy discover_by_list(dns::Resolver& resolver, const Outcome& outcome) {
  OldPolicy old;
  old.organizational_domain = dns::registrable_domain(outcome.domain);
  const auto* stop = &outcome.walk.front();
  Stop asked;
  bool has_parent = !(old.organizational_domain == outcome.domain);
  if (stop->status != dns::Status::failed && stop->record() == nullptr && has_parent) {
    auto known = std::ranges::find(outcome.walk, old.organizational_domain, &Stop::domain);
    if (known == outcome.walk.end()) asked = look_up(resolver, old.organizational_domain);
    stop = known == outcome.walk.end() ? &asked : &*known;
  }
  if (stop->status == dns::Status::failed) return old;
  old.presence = stop->record() == nullptr ? Presence::absent : Presence::found;
  if (old.presence == Presence::absent) return old;
  old.found_at = stop->domain;
  apply(old, *stop->record(), !(stop->domain == outcome.domain));
  return old;
}

}  // namespace mailtrust::dmarc
