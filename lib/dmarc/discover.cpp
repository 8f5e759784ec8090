#include "dmarc/discover.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace mailtrust::dmarc {
namespace {

// RFC 9989 section 4.10, steps 3, 4 and 7: the domain, then its parent, or the seven rightmost
// labels of a long one, and upwards from there to the top-level domain.
std::vector<dns::Name> targets(const dns::Name& domain) {
  std::vector<dns::Name> names{domain};
  auto next = domain.parent();
  while (next.label_count() >= limits::kTreeWalk) next = next.parent();
  for (; !next.is_root(); next = next.parent()) names.push_back(next);
  return names;
}

Psd psd_of(const Stop& stop) {
  return stop.record() == nullptr ? Psd::unspecified : stop.record()->record.psd;
}

void start(dns::Resolver& resolver, const std::vector<dns::Name>& names) {
  std::vector<dns::Question> questions;
  for (const auto& name : names)
    if (auto asked = name.child("_dmarc")) questions.push_back({*asked, dns::Type::txt});
  resolver.prefetch(questions);
}

// Steps 2 and 6: the walk ends at the first record that says whether it is a public suffix.
std::vector<Stop> walk(dns::Resolver& resolver, const dns::Name& domain) {
  auto names = targets(domain);
  start(resolver, names);
  std::vector<Stop> stops;
  for (const auto& name : names) {
    stops.push_back(look_up(resolver, name));
    if (psd_of(stops.back()) != Psd::unspecified) break;
  }
  return stops;
}

// RFC 9989 section 4.10.2. Only the last stop can have a psd tag.
dns::Name organization_of(const std::vector<Stop>& walk) {
  const auto& last = walk.back();
  if (psd_of(last) == Psd::no) return last.domain;
  if (psd_of(last) == Psd::yes && walk.size() > 1) {
    auto below = walk.front().domain;
    while (below.label_count() > last.domain.label_count() + 1) below = below.parent();
    return below;
  }
  for (auto stop = walk.rbegin(); stop != walk.rend(); ++stop)
    if (stop->record() != nullptr) return stop->domain;
  return walk.front().domain;
}

// RFC 9989 section 4.10.1: the author domain's record, else that of the organizational domain, else
// that of the public suffix domain.
std::optional<std::size_t> applicable(const std::vector<Stop>& walk,
                                      const dns::Name& organization) {
  if (walk.front().record() != nullptr) return 0;
  for (std::size_t i = 1; i < walk.size(); ++i)
    if (walk[i].record() != nullptr && walk[i].domain == organization) return i;
  if (psd_of(walk.back()) == Psd::yes) return walk.size() - 1;
  return std::nullopt;
}

bool failed(const Stop& stop) {
  return stop.status == dns::Status::failed;
}

bool is_complete(const std::vector<Stop>& walk) {
  return std::ranges::none_of(walk, failed);
}

void apply(dns::Resolver& resolver, Outcome& outcome) {
  const auto& parsed = outcome.parsed();
  const auto& record = parsed.record;
  if (outcome.applies == 0) {
    outcome.policy = record.for_domain();
  } else {
    // Section 3.2.13: a domain does not exist when its own name is NXDOMAIN.
    auto status = resolver.query({outcome.domain, dns::Type::txt})->status;
    outcome.domain_exists = status != dns::Status::nxdomain;
    bool absent = !outcome.domain_exists;
    outcome.policy = absent ? record.for_nonexistent() : record.for_subdomains();
    outcome.policy_tag = absent && record.np ? "np" : record.sp ? "sp" : "p";
    if (status == dns::Status::failed && record.for_nonexistent() != record.for_subdomains())
      outcome.policy = std::nullopt;
  }
  if (!parsed.applies()) outcome.policy = std::nullopt;
}

}  // namespace

const Parsed* Stop::record() const {
  return records.size() == 1 ? &records.front() : nullptr;
}

Stop look_up(dns::Resolver& resolver, const dns::Name& domain) {
  Stop stop;
  stop.domain = domain;
  auto name = domain.child("_dmarc");
  if (!name) {  // no room for a record, so there is none
    stop.status = dns::Status::nxdomain;
    return stop;
  }
  stop.name = *name;
  auto txt = resolver.txt(*name);
  stop.status = txt.status;
  stop.failure = txt.answer->failure;
  for (auto& text : txt.records) {
    if (is_dmarc(text)) {
      stop.records.push_back(parse_record(text));
    } else {
      stop.others.push_back(std::move(text));
    }
  }
  return stop;
}

Outcome discover(dns::Resolver& resolver, const dns::Name& domain) {
  Outcome outcome;
  outcome.domain = domain;
  outcome.walk = walk(resolver, domain);
  bool complete = is_complete(outcome.walk);
  auto organization = organization_of(outcome.walk);
  if (complete) outcome.organizational_domain = organization;

  // A stop that did not answer may hide the record that applies; only the domain's own stands above
  // that.
  bool own = outcome.walk.front().record() != nullptr;
  if (!complete && !own) return outcome;
  auto applies = applicable(outcome.walk, organization);
  outcome.presence = applies ? Presence::found : Presence::absent;
  if (!applies) return outcome;
  outcome.applies = *applies;
  apply(resolver, outcome);
  return outcome;
}

std::optional<dns::Name> organizational_domain(dns::Resolver& resolver, const dns::Name& domain) {
  auto stops = walk(resolver, domain);
  if (!is_complete(stops)) return std::nullopt;
  return organization_of(stops);
}

void prefetch(dns::Resolver& resolver, const dns::Name& domain) {
  start(resolver, targets(domain));
}

}  // namespace mailtrust::dmarc
