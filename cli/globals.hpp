#pragma once
// The options of every command.

#include <vector>

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

/// Reads the configuration files into `globals`, where options and environment go before them.
/// What is wrong in them is an Error for each bad place.
std::vector<Error> read_config(Globals& globals);

}  // namespace mailtrust::cli
