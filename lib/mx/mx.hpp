#pragma once
// Where does a domain's mail go? RFC 5321 section 5.1 (MX, implicit MX), RFC 7505 (null MX).

#include <cstdint>
#include <string>
#include <vector>

#include "dns/resolver.hpp"
#include "finding/finding.hpp"

namespace mailtrust::mx {

/// One mail exchange and what its name leads to.
struct Host {
  std::uint16_t preference = 0;
  dns::Name exchange;
  std::vector<net::Address> addresses;  ///< IPv4 first; without duplicates of the answer removed
  bool is_alias = false;                ///< the exchange is a CNAME, which RFC 2181 10.3 forbids
  bool undetermined = false;            ///< a question about it went unanswered or was not asked
};

struct Outcome {
  dns::Name domain;
  dns::Status status = dns::Status::failed;   ///< of the MX question
  dns::Failure failure = dns::Failure::none;  ///< why, when status is failed
  std::vector<Host> hosts;     ///< by preference; for an implicit MX the domain itself
  bool null_mx = false;        ///< "MX 0 ." and nothing else: accepts no mail
  bool mixed_null_mx = false;  ///< a null MX beside others
  bool implicit = false;       ///< no MX record, but the domain has addresses of its own

  /// Was every question that matters answered?
  [[nodiscard]] bool determined() const;
  /// Is there a host with an address?
  [[nodiscard]] bool reachable() const;
};

/// Asks for the MX records and the addresses of every exchange. DNS trouble is part of the outcome.
Outcome survey(dns::Resolver& resolver, const dns::Name& domain);

/// What is wrong or worth knowing, in the order found.
std::vector<finding::Finding> lint(const Outcome& outcome);

}  // namespace mailtrust::mx
