#pragma once
// Which DMARC policy applies to mail from a domain, and what is its organizational domain?
// RFC 9989 section 4.10: the DNS tree walk.

#include <optional>
#include <string>
#include <vector>

#include "dmarc/record.hpp"
#include "dns/resolver.hpp"
#include "finding/finding.hpp"

namespace mailtrust::dmarc {

/// One stop of the walk: what was at _dmarc.DOMAIN.
struct Stop {
  dns::Name domain;
  dns::Name name;  ///< _dmarc.DOMAIN
  dns::Status status = dns::Status::failed;
  dns::Failure failure = dns::Failure::none;
  std::vector<Parsed> records;  ///< those with v=DMARC1; if there are several, all are discarded
  std::vector<std::string> others;  ///< other TXT records

  /// The record of this stop; null unless there is exactly one.
  [[nodiscard]] const Parsed* record() const;
};

/// Is there a policy? `unknown`: DNS did not tell, so there may be one.
enum class Presence { found, absent, unknown };

struct Outcome {
  dns::Name domain;
  Presence presence = Presence::unknown;
  std::vector<Stop> walk;  ///< the domain itself first, then upwards

  // When found:
  std::size_t applies = 0;       ///< index in `walk` of the stop whose record applies
  std::string policy_tag = "p";  ///< which tag decides: p, sp or np
  /// What the record asks for this domain. Nothing when receivers must ignore the record (section
  /// 4.10.1), or when it depends on whether the domain exists and DNS did not tell.
  std::optional<Policy> policy;
  bool domain_exists = true;  ///< false: the domain itself is NXDOMAIN

  /// Nothing when a stop that decides did not answer. Without any record, the domain itself.
  std::optional<dns::Name> organizational_domain;

  [[nodiscard]] const Stop& found_at() const { return walk.at(applies); }  ///< when found

  [[nodiscard]] const Parsed& parsed() const { return *found_at().record(); }  ///< when found
};

/// DNS trouble is an outcome.
Outcome discover(dns::Resolver& resolver, const dns::Name& domain);

/// The organizational domain alone, for alignment (section 4.10.2): `domain` or a domain above it.
/// Nothing when DNS did not tell.
std::optional<dns::Name> organizational_domain(dns::Resolver& resolver, const dns::Name& domain);

/// Starts the questions that discover() will ask, without waiting.
void prefetch(dns::Resolver& resolver, const dns::Name& domain);

/// What is at _dmarc.DOMAIN.
Stop look_up(dns::Resolver& resolver, const dns::Name& domain);

/// What is wrong or worth knowing, in the order of the record.
std::vector<finding::Finding> lint(const Outcome& outcome);

}  // namespace mailtrust::dmarc
