#pragma once
// What aggregate reports come to, for people.

#include <vector>

#include "cli/program.hpp"
#include "report/sources.hpp"

namespace mailtrust::commands {

/// Rows of a table that are shown without -v.
inline constexpr std::size_t kRowsShown = 20;

/// The page about one domain: a headline, the sources or another part, findings.
cli::Report domain_page(const report::DomainSources& domain, report::Part part, bool verbose);

/// The page about all of them, a row for each.
cli::Report domains_page(const std::vector<const report::DomainSources*>& domains, bool verbose);

/// The worst of source_verdict() over all of them.
cli::Verdict domains_verdict(const std::vector<const report::DomainSources*>& domains);

}  // namespace mailtrust::commands
