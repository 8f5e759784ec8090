#include "iprev/iprev.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace mailtrust::iprev {
namespace {

std::vector<dns::Name> alias_targets(const dns::Answer& answer) {
  std::vector<dns::Name> targets;
  for (const auto& alias : answer.aliases)
    if (auto target = dns::decode_name(alias)) targets.push_back(std::move(*target));
  return targets;
}

std::vector<Claim> claims_of(const std::vector<dns::Name>& names) {
  std::vector<Claim> claims;
  for (const auto& name : names)
    if (std::ranges::find(claims, name, &Claim::name) == claims.end()) claims.push_back({name});
  return claims;
}

void confirm(dns::Resolver& resolver, const net::Address& address, Claim& claim) {
  auto forward = resolver.addresses(claim.name, address.family());
  claim.aliases = alias_targets(*forward.answer);
  if (forward.status == dns::Status::failed) return;
  bool found = std::ranges::find(forward.records, address) != forward.records.end();
  claim.confirmed = found ? Confirmed::yes : Confirmed::no;
}

void confirm_all(dns::Resolver& resolver, const net::Address& address, std::vector<Claim>& claims) {
  auto type = address.is_v4() ? dns::Type::a : dns::Type::aaaa;
  std::vector<dns::Question> questions;
  questions.reserve(claims.size());
  for (const auto& claim : claims) questions.push_back({claim.name, type});
  resolver.prefetch(questions);
  for (auto& claim : claims) confirm(resolver, address, claim);
}

bool any(const std::vector<Claim>& claims, Confirmed confirmed) {
  return std::ranges::find(claims, confirmed, &Claim::confirmed) != claims.end();
}

}  // namespace

std::string_view to_string(Result result) {
  switch (result) {
    case Result::pass: return "pass";
    case Result::fail: return "fail";
    case Result::temperror: return "temperror";
    case Result::permerror: return "permerror";
  }
  return "temperror";
}

const Claim* Outcome::best() const {
  auto found = std::ranges::find(claims, Confirmed::yes, &Claim::confirmed);
  if (found != claims.end()) return &*found;
  return claims.empty() ? nullptr : &claims.front();
}

Outcome check(dns::Resolver& resolver, const net::Address& address) {
  Outcome outcome;
  auto reverse = resolver.ptr(address);
  outcome.aliases = alias_targets(*reverse.answer);
  outcome.failure = reverse.answer->failure;
  if (reverse.status == dns::Status::failed) return outcome;

  outcome.claims = claims_of(reverse.records);
  outcome.result = Result::permerror;
  if (outcome.claims.empty()) return outcome;

  if (outcome.claims.size() > limits::kReverseNames) {
    outcome.left_out = outcome.claims.size() - limits::kReverseNames;
    outcome.claims.resize(limits::kReverseNames);
  }
  confirm_all(resolver, address, outcome.claims);

  // One name that points back is enough; without one, a name that did not answer might have.
  if (any(outcome.claims, Confirmed::yes))
    outcome.result = Result::pass;
  else
    outcome.result = any(outcome.claims, Confirmed::unknown) ? Result::temperror : Result::fail;
  return outcome;
}

}  // namespace mailtrust::iprev
