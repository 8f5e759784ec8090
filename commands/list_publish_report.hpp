#pragma once
// What list publish tells of what it did, or would do.

#include <string>

#include "cli/report.hpp"
#include "list/publish.hpp"

namespace mailtrust::commands {

/// Adds `result` ("unchanged", "published", "planned"), the counts and the serials; of a dry run
/// the `changes` too.
void add_published(cli::Report& report, const list::Published& published, const std::string& zone,
                   bool dry_run);

}  // namespace mailtrust::commands
