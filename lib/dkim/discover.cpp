#include "dkim/discover.hpp"

#include <algorithm>

namespace mailtrust::dkim {
namespace {

constexpr std::size_t kMostCandidates = 250;

struct Trial {
  const Candidate* candidate;
  dns::Name name;
};

std::vector<Trial> trials(const dns::Name& domain, std::span<const Candidate> candidates,
                          bool likely_only) {
  std::vector<Trial> chosen;
  for (const auto& candidate : candidates.first(std::min(candidates.size(), kMostCandidates))) {
    if (likely_only && !candidate.likely) continue;
    if (auto name = key_name(candidate.selector, domain)) chosen.push_back({&candidate, *name});
  }
  return chosen;
}

void prefetch(dns::Resolver& resolver, const std::vector<Trial>& trials) {
  std::vector<dns::Question> questions;
  questions.reserve(trials.size());
  for (const auto& trial : trials) questions.push_back({trial.name, dns::Type::txt});
  resolver.prefetch(questions);
}

bool is_worth_listing(const KeyLookup& lookup, const KeyLookup& canary) {
  if (lookup.presence == Presence::unknown) return true;
  if (is_from_wildcard(lookup, canary)) return false;
  return lookup.presence == Presence::found || lookup.dangling();
}

}  // namespace

bool Discovery::gave_up() const {
  return key_root == dns::Status::failed && canary.presence == Presence::unknown;
}

bool Discovery::found_any() const {
  return std::ranges::any_of(
      keys, [](const KeyLookup& key) { return key.presence == Presence::found && !revokes(key); });
}

Discovery discover(dns::Resolver& resolver, const dns::Name& domain,
                   std::span<const Candidate> candidates) {
  Discovery discovery;
  auto root = domain.child("_domainkey");
  if (!root) return discovery;
  dns::Question root_question{*root, dns::Type::txt};
  resolver.prefetch({&root_question, 1});
  discovery.canary = look_up_canary(resolver, domain);
  discovery.key_root = resolver.query(root_question)->status;
  if (discovery.gave_up()) return discovery;

  auto chosen = trials(domain, candidates, discovery.key_root == dns::Status::nxdomain);
  prefetch(resolver, chosen);
  discovery.tried = chosen.size();
  for (const auto& trial : chosen) {
    auto lookup = look_up(resolver, trial.candidate->selector, trial.name);
    if (lookup.presence == Presence::unknown) ++discovery.untold;
    if (is_worth_listing(lookup, discovery.canary)) discovery.keys.push_back(std::move(lookup));
  }
  return discovery;
}

}  // namespace mailtrust::dkim
