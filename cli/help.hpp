#pragma once
// What --help shows.

#include <string>

#include "cli/screen.hpp"
#include "cli/shape.hpp"

namespace mailtrust::cli {

/// The page for the command at `path` of the whole tree ("" for the program, "spf" for a group).
std::string help(const CommandShape& program, const std::string& path, const Screen& screen);

/// "spf test DOMAIN... [OPTION]...".
std::string synopsis(const CommandShape& command);

/// "-q, --quiet" or "--zone FILE".
std::string spelling(const OptionShape& option);

}  // namespace mailtrust::cli
