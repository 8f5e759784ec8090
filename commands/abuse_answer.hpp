#pragma once
// abuse::Answer as an answer of the command line.

#include "abuse/finder.hpp"
#include "cli/report.hpp"

namespace mailtrust::commands {

/// The contract's keys, what else is known, findings and verdict.
cli::Report abuse_report(const abuse::Answer& answer);

/// "abuse@isp.example", "nobody answers", "could not tell who answers", for the first line.
std::string abuse_conclusion(const abuse::Answer& answer);

}  // namespace mailtrust::commands
