#pragma once
// The trace of an SPF evaluation as a numbered tree.

#include <span>

#include "cli/report.hpp"
#include "cli/value.hpp"
#include "spf/trace.hpp"

namespace mailtrust::commands {

/// A term is a node of step, domain, term, ending, clause, lookups, void_lookups (both so far) and
/// steps: the questions it asked (step, question, status, answer), then the terms of the record
/// that one led to.
cli::Value trace_value(std::span<const spf::TraceNode> nodes);

cli::Style trace_style();

}  // namespace mailtrust::commands
