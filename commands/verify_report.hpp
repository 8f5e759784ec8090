#pragma once
// What was found out about a message, as the fields of a Report.

#include <string>

#include "cli/report.hpp"
#include "verify/verify.hpp"

namespace mailtrust::commands {

/// Adds headline, the parts with their evidence, the fields to insert, findings and verdict.
/// `name` is the file as people are told it; `with_received_spf`: show that field too.
void add_verification(cli::Report& report, const verify::Outcome& outcome, const std::string& name,
                      bool with_received_spf);

}  // namespace mailtrust::commands
