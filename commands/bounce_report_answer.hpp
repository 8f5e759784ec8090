#pragma once
// What `bounce report` came to, for people, for programs, for spreadsheets.

#include <string>

#include "cli/report.hpp"
#include "commands/bounce_report_run.hpp"

namespace mailtrust::commands {

cli::Report bounce_report(const BounceReportOptions& options, const BounceReportResult& result,
                          std::int64_t now);

/// A heading and a line for each row. RFC 4180.
std::string bounce_report_csv(const delivery::Summary& summary);

}  // namespace mailtrust::commands
