#pragma once
// Where a message came from, as the fields of a Report.

#include <string>

#include "cli/report.hpp"
#include "received/trace.hpp"

namespace mailtrust::commands {

/// Adds headline, hops, origin, claims, findings and verdict. `name` is the message as people are
/// told it; `for_people`: the hops get members in words too, which JSON has no need of.
void add_trace(cli::Report& report, received::Trace trace, const std::string& name,
               bool for_people);

/// {"ip","hop","confidence","why"}: null where there is none.
cli::Value origin_value(const received::Origin& origin);

}  // namespace mailtrust::commands
