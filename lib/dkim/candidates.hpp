#pragma once
// DKIM selectors worth trying for a domain of which none is known: those of the providers its SPF
// record and MX hosts speak of, those in wide use, and all others of the table.

#include <span>
#include <string>
#include <vector>

#include "dkim/discover.hpp"

namespace mailtrust::dkim {

/// `spf_names`: what the domain's SPF record includes or redirects to, nested includes too if
/// known. `mx_hosts`: its MX exchanges. Each selector once; those of the domain's own providers and
/// the widely used ones first and marked likely.
std::vector<Candidate> selector_candidates(std::span<const std::string> spf_names,
                                           std::span<const std::string> mx_hosts);

/// The same for a domain, whose SPF record and MX hosts are asked for. What DNS does not tell makes
/// the list no shorter, only its order less apt.
std::vector<Candidate> selector_candidates(dns::Resolver& resolver, const dns::Name& domain);

/// The targets of include: and redirect= in an SPF record, macros and all, in order.
std::vector<std::string> spf_names(std::string_view record);

}  // namespace mailtrust::dkim
