#pragma once
// Commands that take texts: `-` among the words stands for the lines of standard input.

#include <string_view>

#include "cli/program.hpp"

namespace mailtrust::commands {

/// An Expand: `-` becomes the lines of standard input that are not blank, at most
/// limits::kTextInput octets of them; any other word stays itself.
Expected<cli::Expansion> lines_of_input(std::string_view word);

}  // namespace mailtrust::commands
