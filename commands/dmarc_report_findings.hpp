#pragma once
// What is worth telling about the sources of a domain.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/report.hpp"
#include "finding/finding.hpp"
#include "report/advice.hpp"
#include "report/sources.hpp"

namespace mailtrust::commands {

/// A source and what to do about it.
struct Judged {
  const report::Source* source = nullptr;  ///< never null
  report::Advice advice;
};

/// For people: of a network with one address that address, else the source's name.
std::string shown_name(const report::Source& source);

/// The most pressing first, then the busiest, then by name; what stands for the rest last.
std::vector<Judged> judge_sources(std::span<const report::Source> sources, std::string_view domain,
                                  const report::Selectors& selectors);

/// At most one of each kind: own mail that fails, services without the domain, SPF alone, reporters
/// that did other than the policy, addresses whose names DNS did not tell.
std::vector<finding::Finding> source_findings(std::span<const Judged> sources,
                                              const std::string& domain);

/// The same without those that a table of sources with their advice says already.
std::vector<finding::Finding> findings_beside_table(std::span<const Judged> sources,
                                                    const std::string& domain);

/// bad: there is something to mend. unknown: a source may be the domain's own, but its name could
/// not be looked up.
cli::Verdict source_verdict(std::span<const Judged> sources);

}  // namespace mailtrust::commands
