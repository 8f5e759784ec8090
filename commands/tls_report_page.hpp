#pragma once
// What SMTP TLS reports come to, for people, and one report for programs.

#include <string>

#include "cli/report.hpp"
#include "commands/tls_report_run.hpp"
#include "report/tls_sources.hpp"

namespace mailtrust::commands {

/// The page about one domain; bad when sessions failed.
cli::Report tls_page(const report::TlsDomain& domain, TlsPart part, bool verbose);

/// The contract's keys of one report. Policies of domains that `inputs` does not want are left out.
void add_tls_report(cli::Report& answer, const report::TlsReport& report,
                    const ReportInputs& inputs, const std::string& name);

}  // namespace mailtrust::commands
