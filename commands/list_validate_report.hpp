#pragma once
// How `list validate` tells what it found.

#include <optional>
#include <string>

#include "cli/report.hpp"
#include "list/validate.hpp"

namespace mailtrust::commands {

/// "FILE:7:3", "FILE:7" where the note is about the whole line.
std::string place_of(const std::string& file, const list::Note& note);

/// The page and object of one file. As text only the first warnings of each kind, unless `all`.
cli::Report validation_report(const std::string& file, const list::Validation& validation,
                              bool all);

/// Which providers' addresses DNS did not tell; nothing when it told all.
std::optional<finding::Finding> unknown_providers(const list::ProviderRanges& ranges,
                                                  const std::string& file);

}  // namespace mailtrust::commands
