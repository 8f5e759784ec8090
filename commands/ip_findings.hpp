#pragma once
// What is worth telling about an address, and what it comes to.

#include <vector>

#include "cli/report.hpp"
#include "commands/ip_answer.hpp"

namespace mailtrust::commands {

/// The most harmful first.
std::vector<finding::Finding> findings_of(const IpAnswer& answer);

/// Bad: on a block list, or denied by a list of one's own. Unknown: something that matters could
/// not be told.
cli::Verdict verdict_of(const IpAnswer& answer);

}  // namespace mailtrust::commands
