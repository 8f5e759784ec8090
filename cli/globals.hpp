#pragma once
// The options of every command.

#include "cli/program.hpp"

namespace mailtrust::cli {

/// `--help` and `--version` beside the Globals.
struct Asked {
  bool help = false;
  bool version = false;
};

void add_globals(Command& program, Globals& globals, Asked& asked);

/// What cannot be right together, and standard input asked for twice.
Expected<void> check(const Globals& globals);

}  // namespace mailtrust::cli
