#pragma once
// A survey as a tree of terms: what each costs, matches and belongs to.

#include "cli/report.hpp"
#include "spf/survey.hpp"

namespace mailtrust::commands {

/// An array of terms; in included records a long run of ip4 and ip6 is one entry, the record being
/// there in full. A record that was shown before, or leads back to itself, is not shown again;
/// "note" says so.
cli::Value mechanisms_value(const spf::Survey& survey);

cli::Style mechanisms_style();

}  // namespace mailtrust::commands
