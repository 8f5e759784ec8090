#pragma once
// The trace of an SPF evaluation as a numbered tree.

#include <span>

#include "cli/report.hpp"
#include "cli/value.hpp"
#include "spf/trace.hpp"

namespace mailtrust::commands {

/// Nodes of step, domain, term, question, status, answer, ending, clause, lookups, void_lookups and
/// steps, which holds the nodes below: further questions of the term, then the terms of the record
/// it led to.
cli::Value trace_value(std::span<const spf::TraceNode> nodes);

cli::Style trace_style();

}  // namespace mailtrust::commands
