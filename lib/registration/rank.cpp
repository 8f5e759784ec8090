// Whom to write to, best first.
#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

#include "base/ascii.hpp"
#include "dns/idna.hpp"
#include "registration/local_part.hpp"
#include "registration/registration.hpp"
#include "registration/registry_mailboxes.hpp"

namespace mailtrust::registration {
namespace {

// How good a mention is, the best first.
enum class Class {
  abuse,            // named for abuse at the narrowest network
  remark,           // a remark there says: abuse here
  abuse_elsewhere,  // named for abuse around it, by another service, or by its own local part
  noc,              // or another desk of that kind
  technical,
  registry_abuse,  // the registry stands in for the holder
  administrative,
  guess,  // abuse@ the domain of the reverse name
  other,
  fallback,  // what a registry tells everybody
  registry,  // hands out addresses, and answers for nothing else
};

struct Candidate {
  std::string email;
  Class rank = Class::registry;
  const Mention* mention = nullptr;  // the best
  const Finding* finding = nullptr;
  Desk desk = Desk::unknown;
  bool is_registry = false;
  bool is_doubtful = false;       // by any mention
  bool has_other_duties = false;  // named for other things as well
  std::size_t order = 0;
};

std::string_view domain_of(std::string_view email) {
  return email.substr(email.rfind('@') + 1);
}

std::string_view local_of(std::string_view email) {
  return email.substr(0, email.rfind('@'));
}

// As it is written to; empty when nobody can be.
std::string normalized(std::string_view email) {
  auto at = email.rfind('@');
  if (at == std::string_view::npos || at == 0 || email.size() > 1024) return {};
  auto local = email.substr(0, at);
  auto domain = dns::to_a_labels(email.substr(at + 1));
  if (!domain || is_nobody(local)) return {};
  auto lower = ascii::to_lower(*domain);
  if (lower.find('.') == std::string::npos || lower.size() > 253) return {};
  if (lower.ends_with(".invalid") || lower.ends_with(".localhost") || lower.ends_with(".arpa"))
    return {};  // RFC 6761
  return ascii::to_lower(local) + '@' + lower;
}

bool contains(const net::Range& wide, const net::Range& narrow) {
  return wide.first <= narrow.first && narrow.last <= wide.last;
}

// Is there a finding about a smaller network within this one's?
bool is_around_another(const Finding& finding, const std::vector<Finding>& findings) {
  const auto& network = finding.registration.network;
  if (!network) return false;
  return std::ranges::any_of(findings, [&](const Finding& other) {
    const auto& inner = other.registration.network;
    return inner && *inner != *network && contains(*network, *inner);
  });
}

// A national registry stands as the organisation of networks that are others'; the network's own
// name is then theirs.
bool is_held_by(const Registration& registration, const Registry& registry) {
  bool is_name = registry_of_name(registration.name) == &registry;
  bool is_organization = registry_of_name(registration.organization) == &registry;
  return is_name || (is_organization && registry.kind == RegistryKind::regional);
}

Class class_of_role(Role role) {
  switch (role) {
    case Role::abuse: return Class::abuse;
    case Role::remark: return Class::remark;
    case Role::noc: return Class::noc;
    case Role::technical: return Class::technical;
    case Role::administrative: return Class::administrative;
    case Role::other:
    case Role::changed: return Class::other;
  }
  return Class::other;
}

class Ranking {
 public:
  explicit Ranking(const std::vector<Finding>& findings) : findings_(findings) {}

  std::vector<Contact> rank() {
    for (const auto& finding : findings_) {
      is_around_ = is_around_another(finding, findings_);
      for (const auto& mention : finding.registration.mentions)
        if (mention.role != Role::changed) add(mention, finding);
    }
    std::ranges::sort(candidates_, better);
    std::vector<Contact> contacts;
    for (const auto& candidate : candidates_) contacts.push_back(contact(candidate));
    return contacts;
  }

 private:
  void add(const Mention& mention, const Finding& finding) {
    auto email = normalized(mention.email);
    if (email.empty()) return;
    bool is_nobodys = finding.registration.is_placeholder;
    const auto* registry = registry_of_domain(domain_of(email));
    if (registry != nullptr && !is_nobodys && is_held_by(finding.registration, *registry))
      registry = nullptr;
    Candidate candidate;
    candidate.email = email;
    candidate.mention = &mention;
    candidate.finding = &finding;
    candidate.desk = desk_of(local_of(email));
    candidate.rank = class_of(mention, finding, registry, candidate.desk);
    candidate.is_registry = registry != nullptr;
    candidate.is_doubtful = mention.doubtful;
    candidate.has_other_duties = is_other_duty(mention.role);
    candidate.order = candidates_.size();
    auto [place, is_new] = by_email_.try_emplace(std::move(email), candidates_.size());
    if (is_new)
      candidates_.push_back(std::move(candidate));
    else
      merge(candidates_[place->second], std::move(candidate));
  }

  static void merge(Candidate& known, Candidate found) {
    known.is_doubtful = found.is_doubtful = known.is_doubtful || found.is_doubtful;
    known.has_other_duties = found.has_other_duties =
        known.has_other_duties || found.has_other_duties;
    found.order = known.order;
    if (better(found, known)) known = std::move(found);
  }

  static bool is_other_duty(Role role) {
    return role == Role::noc || role == Role::technical || role == Role::administrative;
  }

  [[nodiscard]] Class class_of(const Mention& mention, const Finding& finding,
                               const Registry* registry, Desk desk) const {
    if (registry != nullptr) return class_of_registry(mention, finding, *registry);
    if (finding.registration.is_placeholder) return Class::registry;
    if (mention.by_registry) return Class::fallback;
    if (finding.source == Source::reverse_name) return Class::guess;
    auto plain = class_of_role(mention.role);
    if (plain > Class::remark && desk == Desk::abuse) return Class::abuse_elsewhere;
    if (plain > Class::noc && desk <= Desk::noc) return Class::noc;
    bool is_farther = is_around_ || finding.source == Source::abuse_zone;
    return plain <= Class::remark && is_farther ? Class::abuse_elsewhere : plain;
  }

  static Class class_of_registry(const Mention& mention, const Finding& finding,
                                 const Registry& registry) {
    if (registry.kind == RegistryKind::national_cert) return Class::fallback;
    bool stands_in = mention.role == Role::abuse && !finding.registration.is_placeholder;
    return stands_in ? Class::registry_abuse : Class::registry;
  }

  // Who is named for abuse alone, or calls itself so, before who does everything.
  static bool is_general(const Candidate& candidate) {
    return candidate.has_other_duties && candidate.desk != Desk::abuse;
  }

  static bool better(const Candidate& a, const Candidate& b) {
    auto key = [](const Candidate& candidate) {
      return std::tuple(candidate.rank, is_general(candidate), candidate.is_doubtful,
                        candidate.mention->depth, candidate.desk, !candidate.mention->validated,
                        candidate.order);
    };
    return key(a) < key(b);
  }

  static Confidence confidence(const Candidate& candidate) {
    if (candidate.rank > Class::noc) return Confidence::low;
    bool is_sure = !candidate.is_doubtful;
    if (candidate.rank > Class::abuse) return is_sure ? Confidence::medium : Confidence::low;
    return is_sure && !is_general(candidate) ? Confidence::high : Confidence::medium;
  }

  static Contact contact(const Candidate& candidate) {
    Contact contact;
    contact.email = candidate.email;
    contact.source = candidate.finding->source;
    contact.confidence = confidence(candidate);
    contact.why = candidate.mention->place;
    if (!candidate.finding->from.empty()) contact.why += " (" + candidate.finding->from + ')';
    if (candidate.rank == Class::fallback)
      contact.why += "; told to everybody by the registry";
    else if (candidate.is_registry)
      contact.why += "; the registry's mailbox, not the holder's";
    if (candidate.is_doubtful) contact.why += "; the registry could not reach it";
    return contact;
  }

  const std::vector<Finding>& findings_;
  bool is_around_ = false;
  std::vector<Candidate> candidates_;
  std::unordered_map<std::string, std::size_t> by_email_;
};

}  // namespace

std::vector<Contact> rank(const std::vector<Finding>& findings) {
  return Ranking(findings).rank();
}

void put_undeliverable_last(std::vector<Contact>& contacts) {
  std::stable_partition(contacts.begin(), contacts.end(),
                        [](const Contact& contact) { return !contact.undeliverable; });
}

}  // namespace mailtrust::registration
