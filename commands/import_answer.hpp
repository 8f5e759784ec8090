#pragma once
// What an import came to, file by file.

#include "cli/program.hpp"
#include "list/import.hpp"

namespace mailtrust::commands {

cli::Verdict answer_import(const list::ImportOptions& options, const list::ImportOutcome& outcome,
                           cli::Output& output);

}  // namespace mailtrust::commands
