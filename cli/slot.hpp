#pragma once
// One option or argument of a command: what was said about it, and what argv gave it.

#include <string>
#include <vector>

#include "cli/program.hpp"

namespace mailtrust::cli {

struct Slot {
  std::string name;     ///< "--zone", or the metavar of an argument
  std::string metavar;  ///< empty: a flag
  OptionSpec spec;
  Setter setter;
  bool is_inputs = false;           ///< its values are the inputs of the command
  std::vector<std::string> values;  ///< as given; a flag has one for each time

  [[nodiscard]] bool is_flag() const { return metavar.empty(); }
};

/// Hands the values to the setter, or to `inputs`. An Error's `where` is the name.
Expected<void> apply(const Slot& slot, std::vector<std::string>& inputs);

/// What is wrong when something that `command` (its path) needs is not given.
std::string missing(const std::string& command);

/// The Error when a required slot of `command` has no value.
Expected<void> check_present(const Slot& slot, const std::string& command);

}  // namespace mailtrust::cli
