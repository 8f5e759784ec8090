#pragma once
// The sentences of `bounce report`.

#include <string>
#include <vector>

#include "commands/bounce_report_run.hpp"

namespace mailtrust::commands {

/// "3.1": with one digit behind the point where that says more.
std::string percent_text(double percent);

/// Of those that came to an end; 0 when none did.
double hard_percent(const delivery::Sums& sums);

/// "+12 (+50 %)", "-3 (-10 %)", "+5", "as before"; empty when there is nothing to compare with.
std::string change_text(const delivery::Sums& sums, const std::optional<delivery::Sums>& before);

/// The one thing that matters.
std::string report_headline(const delivery::Summary& summary, std::int64_t now);

/// What to do, most urgent first.
std::vector<std::string> report_advice(const BounceReportOptions& options,
                                       const BounceReportResult& result);

/// What became of the file: "12 added, 3 of them promoted, ..."
std::string suppression_text(const std::string& file, const delivery::Suppression& list);

}  // namespace mailtrust::commands
