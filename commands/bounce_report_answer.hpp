#pragma once
// What `bounce report` came to, for people and programs.

#include <cstdint>

#include "cli/report.hpp"
#include "commands/bounce_report_run.hpp"

namespace mailtrust::commands {

cli::Report bounce_report(const BounceReportOptions& options, const BounceReportResult& result,
                          std::int64_t now);

}  // namespace mailtrust::commands
