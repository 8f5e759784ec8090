#pragma once
// What aggregate reports come to, for spreadsheets.

#include <string>
#include <vector>

#include "report/sources.hpp"

namespace mailtrust::commands {

/// RFC 4180: a heading, then the rows of each domain, all of them.
std::string rows_csv(const std::vector<const report::DomainSources*>& domains, report::Part part);

}  // namespace mailtrust::commands
