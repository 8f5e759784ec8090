#include "dmarc/destination.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "dmarc/report_uri.hpp"

namespace mailtrust::dmarc {
namespace {

std::optional<dns::Name> domain_of(std::string_view uri) {
  auto text = parse_report_uri(uri).domain;
  if (text.empty()) return std::nullopt;
  auto name = dns::Name::parse_any(text);
  if (!name || name->is_root()) return std::nullopt;
  return std::move(*name);
}

void add(std::vector<Destination>& all, const char* tag, const std::vector<std::string>& uris) {
  for (const auto& uri : uris) {
    Destination destination;
    destination.tag = tag;
    destination.uri = uri;
    if (all.size() < limits::kReportAddresses) destination.domain = domain_of(uri);
    all.push_back(std::move(destination));
  }
}

// Steps 2 and 3: the domain of the policy, then _report._dmarc, then the destination.
std::optional<dns::Name> record_name(const dns::Name& policy, const dns::Name& destination) {
  auto below = destination.child("_dmarc");
  if (below) below = below->child("_report");
  return below ? below->prepend(policy) : std::nullopt;
}

// Asks about the destinations of one record.
class Inspector {
 public:
  Inspector(dns::Resolver& resolver, const Outcome& outcome)
      : resolver_(resolver),
        policy_(outcome.found_at().domain),
        organization_(outcome.organizational_domain) {
    // A registry's record that applies to a registrant is the registry's still.
    if (outcome.applies > 0 && outcome.parsed().record.psd == Psd::yes) organization_ = policy_;
  }

  void start(std::span<const Destination> all) {
    std::vector<dns::Question> questions;
    for (const auto& one : all)
      if (one.domain && !may_be_internal(*one.domain))
        if (auto name = record_name(policy_, *one.domain))
          questions.push_back({*name, dns::Type::txt});
    resolver_.prefetch(questions);
  }

  void inspect(Destination& destination) {
    auto internal = is_internal(*destination.domain);
    if (internal == true) {
      destination.authorization = Authorization::internal;
      return;
    }
    destination.record_name = record_name(policy_, *destination.domain);
    destination.authorization = look_up(destination);
    bool refused = destination.authorization == Authorization::refused;
    if (refused && !internal) destination.authorization = Authorization::unknown;
  }

 private:
  // An organizational domain is the domain itself or above it.
  bool may_be_internal(const dns::Name& domain) const {
    return domain == policy_ || (organization_ && domain.is_within(*organization_));
  }

  std::optional<bool> is_internal(const dns::Name& domain) {
    if (domain == policy_) return true;
    if (!organization_) return std::nullopt;
    if (!domain.is_within(*organization_)) return false;
    auto other = organizational_domain(resolver_, domain);
    if (!other) return std::nullopt;
    return *other == *organization_;
  }

  // Steps 4 to 9.
  Authorization look_up(Destination& destination) {
    if (!destination.record_name) return Authorization::refused;
    auto txt = resolver_.txt(*destination.record_name);
    if (txt.status == dns::Status::failed) return Authorization::unknown;
    auto record = std::ranges::find_if(txt.records, is_dmarc);
    if (record == txt.records.end()) return Authorization::refused;
    auto instead = parse_record(*record).record.rua;
    if (instead.empty()) return Authorization::authorized;
    destination.instead = instead.front();
    bool same_host = domain_of(destination.instead) == destination.domain;
    return same_host ? Authorization::authorized : Authorization::refused;
  }

  dns::Resolver& resolver_;
  dns::Name policy_;
  std::optional<dns::Name> organization_;
};

}  // namespace

std::string_view to_string(Authorization authorization) {
  switch (authorization) {
    case Authorization::internal: return "same organization";
    case Authorization::authorized: return "authorized";
    case Authorization::refused: return "not authorized";
    case Authorization::unknown: return "could not tell";
    case Authorization::unchecked: return "not checked";
  }
  return "not checked";
}

std::vector<Destination> find_destinations(dns::Resolver& resolver, const Outcome& outcome) {
  std::vector<Destination> all;
  if (outcome.presence != Presence::found) return all;
  add(all, "rua", outcome.parsed().record.rua);
  add(all, "ruf", outcome.parsed().record.ruf);
  Inspector inspector(resolver, outcome);
  inspector.start(all);
  for (auto& one : all)
    if (one.domain) inspector.inspect(one);
  return all;
}

bool determined(std::span<const Destination> destinations) {
  return std::ranges::find(destinations, Authorization::unknown, &Destination::authorization) ==
         destinations.end();
}

void survey_mail(dns::Resolver& resolver, std::span<Destination> destinations) {
  std::vector<dns::Question> questions;
  for (const auto& one : destinations)
    if (one.domain) questions.push_back({*one.domain, dns::Type::mx});
  resolver.prefetch(questions);
  for (auto& one : destinations) {
    if (!one.domain) continue;
    auto same = [&](const Destination& other) { return other.mail && other.domain == one.domain; };
    auto known = std::ranges::find_if(destinations, same);
    one.mail = known == destinations.end() ? mx::survey(resolver, *one.domain) : known->mail;
  }
}

}  // namespace mailtrust::dmarc
