#include "dnsbl/sweep.hpp"

#include <algorithm>

namespace mailtrust::dnsbl {
namespace {

using dns::Question;
using dns::Type;
using net::Family;

bool is_asked(const Zone& zone, Family family) {
  bool lists_family = family == Family::v4 ? zone.v4 : zone.v6;
  return zone.not_asked.empty() && !zone.is_closed() && lists_family;
}

bool has_entry(const Zone& zone) {
  return zone.row == nullptr || zone.row->proof == Proof::test_entry;
}

void add(std::vector<Question>& questions, const Zone& zone, const net::Address& address,
         Type type) {
  if (auto name = name_for(zone.asked, address)) questions.push_back({std::move(*name), type});
}

void add_trial(std::vector<Question>& questions, const Zone& zone, Family family) {
  add(questions, zone, unlisted_test(family), Type::a);
  if (has_entry(zone))
    add(questions, zone, listed_test(family), Type::a);
  else
    questions.push_back({zone.asked, Type::soa});
}

dns::Lookup<net::Address> look_up(dns::Resolver& resolver, const Zone& zone,
                                  const net::Address& address) {
  if (auto name = name_for(zone.asked, address)) return resolver.addresses(*name, Family::v4);
  // No such name can exist.
  dns::Answer answer;
  answer.status = dns::Status::nxdomain;
  answer.failure = dns::Failure::none;
  return {answer.status, {}, std::make_shared<const dns::Answer>(std::move(answer))};
}

Trial try_zone(dns::Resolver& resolver, const Zone& zone, Family family) {
  Trial trial;
  trial.unlisted = look_up(resolver, zone, unlisted_test(family));
  if (has_entry(zone)) {
    trial.alive = look_up(resolver, zone, listed_test(family));
  } else {
    trial.alive.answer = resolver.query({zone.asked, Type::soa});
    trial.alive.status = trial.alive.answer->status;
  }
  return trial;
}

Standing unasked(const Zone& zone, Family family) {
  if (zone.is_closed()) return {State::no_answer, std::string(zone.row->closed), {}};
  if (!zone.not_asked.empty()) return {State::not_asked, zone.not_asked, {}};
  return {State::not_asked, family == Family::v4 ? "lists IPv6 only" : "lists IPv4 only", {}};
}

// Lists that serve only those they know do not say so when they turn somebody away.
Standing explained(const Zone& zone, Standing standing) {
  bool silent = standing.state == State::refused || standing.state == State::no_answer;
  if (silent && zone.row != nullptr && zone.row->access == Access::registered)
    standing.reason = "gated: serves only registered resolvers (" + standing.reason + ')';
  return standing;
}

std::string joined_meaning(const Zone& zone, const std::vector<net::Address>& codes) {
  std::string all;
  for (const auto& address : codes) {
    const auto* code = find(zone.codes, address);
    if (code == nullptr || code->meaning.empty()) continue;
    if (!all.empty()) all += "; ";
    all += meaning_of(*code, address);
  }
  return all;
}

// A listing that blocks counts for more than one that does not.
Kind kind_of(const Zone& zone, const std::vector<net::Address>& codes) {
  auto kind = Kind::reputation;
  bool any = false;
  for (const auto& address : codes) {
    const auto* code = find(zone.codes, address);
    auto its = code != nullptr && code->kind ? *code->kind : zone.kind;
    if (!any || its == Kind::block) kind = its;
    any = true;
  }
  return kind;
}

std::string page_about(const Zone& zone, const net::Address& address) {
  constexpr std::string_view kPlace = "{ip}";
  std::string page(zone.row != nullptr ? zone.row->delist : std::string_view());
  if (auto at = page.find(kPlace); at != std::string::npos)
    page.replace(at, kPlace.size(), to_string(address));
  return page;
}

std::string text_of(dns::Resolver& resolver, const Zone& zone, const net::Address& address) {
  auto name = name_for(zone.asked, address);
  auto lookup = name ? resolver.txt(*name) : dns::Lookup<std::string>{};
  std::string all;
  for (const auto& record : lookup.records) {
    if (!all.empty()) all += "; ";
    all += record;
    if (all.size() > kMostText) break;
  }
  all.resize(std::min(all.size(), kMostText));
  return all;
}

bool is_listed(const Listing& listing) {
  return listing.standing.state == State::listed;
}

void explain(dns::Resolver& resolver, const net::Address& address, std::vector<Listing>& listings) {
  std::vector<Question> questions;
  for (const auto& listing : listings)
    if (is_listed(listing)) add(questions, *listing.zone, address, Type::txt);
  resolver.prefetch(questions);
  for (auto& listing : listings) {
    if (!is_listed(listing)) continue;
    listing.text = text_of(resolver, *listing.zone, address);
    listing.delist = page_about(*listing.zone, address);
  }
}

}  // namespace

// A list of the other family is none that is dead: then its IPv4 entries are as they should be.
Standing Sweep::prove(dns::Resolver& resolver, const Zone& zone, Family family) const {
  if (!is_asked(zone, family)) return unasked(zone, family);
  auto standing = judge(zone, try_zone(resolver, zone, family));
  bool missing = standing.state == State::no_answer && family == Family::v6 && zone.v4;
  if (missing && judge(zone, try_zone(resolver, zone, Family::v4)).state == State::clean)
    return {State::not_asked, "lists IPv4 only: it has no IPv6 test entry", {}};
  return explained(zone, std::move(standing));
}

const std::vector<Standing>& Sweep::belief(dns::Resolver& resolver, const net::Address& first) {
  auto family = first.family();
  auto& belief = beliefs_[family == Family::v4 ? 0 : 1];
  belief.once.run([&] {
    std::vector<Question> questions;
    for (const auto& zone : zones_) {
      if (!is_asked(zone, family)) continue;
      add_trial(questions, zone, family);
      add(questions, zone, first, Type::a);
    }
    resolver.prefetch(questions);
    std::vector<Standing> standings;
    for (const auto& zone : zones_) standings.push_back(prove(resolver, zone, family));
    belief.standings = std::move(standings);
  });
  return belief.standings;
}

Listing Sweep::ask(dns::Resolver& resolver, const Zone& zone, const net::Address& address) const {
  Listing listing;
  listing.zone = &zone;
  listing.standing = explained(zone, judge(zone, dnsbl::look_up(resolver, zone, address)));
  listing.kind = is_listed(listing) ? kind_of(zone, listing.standing.codes) : zone.kind;
  listing.meaning = joined_meaning(zone, listing.standing.codes);
  return listing;
}

std::vector<std::optional<Standing>> Sweep::refusals() const {
  std::lock_guard lock(mutex_);
  return refusals_;
}

void Sweep::note_refusals(const std::vector<Listing>& listings) {
  if (refused_ == Refused::asked_again) return;
  std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < listings.size(); ++i)
    if (listings[i].standing.state == State::refused && !listings[i].is_for_all && !refusals_[i])
      refusals_[i] = listings[i].standing;
}

std::vector<Listing> Sweep::look_up(dns::Resolver& resolver, const net::Address& address) {
  const auto& standings = belief(resolver, address);
  auto refusals = this->refusals();
  auto is_asked_now = [&](std::size_t i) {
    return standings[i].state == State::clean && !refusals[i];
  };
  std::vector<Question> questions;
  for (std::size_t i = 0; i < zones_.size(); ++i)
    if (is_asked_now(i)) add(questions, zones_[i], address, Type::a);
  resolver.prefetch(questions);

  std::vector<Listing> listings;
  for (std::size_t i = 0; i < zones_.size(); ++i) {
    const auto& zone = zones_[i];
    bool believed = standings[i].state == State::clean;
    const auto& standing = refusals[i] ? *refusals[i] : standings[i];
    listings.push_back(is_asked_now(i)
                           ? ask(resolver, zone, address)
                           : Listing{&zone, standing, zone.kind, {}, {}, {}, !believed});
  }
  note_refusals(listings);
  explain(resolver, address, listings);
  return listings;
}

}  // namespace mailtrust::dnsbl
