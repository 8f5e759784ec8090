#pragma once
// For Command::writes().

#include <string>
#include <vector>

#include "cli/context.hpp"

namespace mailtrust::commands {

/// The store, where one can be named. Those who only read it need it too: SQLite's readers mark in
/// a file beside it what they read.
std::vector<std::string> store_place(const cli::Globals& globals);

}  // namespace mailtrust::commands
