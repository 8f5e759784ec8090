#pragma once
// Commands that take texts: `-` among the words stands for the lines of standard input.

#include "cli/program.hpp"

namespace mailtrust::commands {

/// An Expand: `-` becomes the lines of standard input that are not blank, at most
/// limits::kTextInput octets of them; any other word stays itself. Standard input is read once,
/// however often the word is looked at.
cli::Expand lines_of_input();

}  // namespace mailtrust::commands
