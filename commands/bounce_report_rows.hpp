#pragma once
// The rows of `bounce report`: for JSON and the table, and as CSV.

#include <cstdint>
#include <optional>
#include <string>

#include "cli/report.hpp"
#include "delivery/summary.hpp"

namespace mailtrust::commands {

/// An object with the counts, and the name of their week where there is one.
cli::Value report_sums(const delivery::Sums& sums, const std::optional<std::int64_t>& week = {});

/// The same, or null.
cli::Value report_sums(const std::optional<delivery::Sums>& sums,
                       const std::optional<std::int64_t>& week);

/// The contract's `rows`.
void add_report_rows(cli::Report& report, const delivery::Summary& summary, std::int64_t now);

/// A heading and a line for each row. RFC 4180.
std::string bounce_report_csv(const delivery::Summary& summary);

}  // namespace mailtrust::commands
