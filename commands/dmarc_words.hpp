#pragma once
// How `dmarc check` says what it found.

#include <span>
#include <string>

#include "cli/report.hpp"
#include "cli/value.hpp"
#include "dmarc/destination.hpp"
#include "dmarc/discover.hpp"
#include "dmarc/old_reading.hpp"

namespace mailtrust::commands {

/// "news.example.org: quarantine (sp=), by the record of example.org"
std::string headline(const dmarc::Outcome& outcome);

/// The stops of the tree walk, numbered as asked.
cli::Value walk_value(const dmarc::Outcome& outcome);
cli::Style walk_style();

/// Who gets the reports, whether they may be sent there, and whether they would arrive.
cli::Value destinations_value(std::span<const dmarc::Destination> destinations);
cli::Style destinations_style();

/// What receivers of RFC 7489 do otherwise, in a sentence; null when nothing.
cli::Value old_readers(const dmarc::Outcome& outcome, const dmarc::OldPolicy& before);

/// Their reading, whether it differs or not.
cli::Value old_reading_value(const dmarc::OldPolicy& before);

}  // namespace mailtrust::commands
