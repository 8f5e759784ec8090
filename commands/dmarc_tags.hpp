#pragma once
// A DMARC record tag by tag, for people and programs.

#include "cli/report.hpp"
#include "cli/value.hpp"
#include "dmarc/record.hpp"

namespace mailtrust::commands {

/// Every tag of RFC 9989 section 4.7 with its value, whether it is given, and what it means for
/// mail; then the tags that receivers pass over.
cli::Value tags_value(const dmarc::Parsed& parsed);

cli::Style tags_style();

}  // namespace mailtrust::commands
