#pragma once
// The tree of commands as plain data, read from CLI11's: what help, completions, man pages and the
// messages about wrong usage are made of.

#include <string>
#include <string_view>
#include <vector>

#include "cli/program.hpp"

namespace mailtrust::cli {

struct OptionShape {
  std::vector<std::string> names;  ///< as typed, short ones first: "-q", "--quiet"; none: argument
  std::string metavar;             ///< empty: a flag
  std::string help;
  std::vector<std::string> values;
  Completes completes = Completes::nothing;
  bool repeatable = false;
  bool required = false;  ///< inputs count as such, though --input stands for them
  bool hidden = false;

  [[nodiscard]] bool takes_value() const { return !metavar.empty(); }

  [[nodiscard]] bool answers_to(std::string_view name) const;

  /// The long name, or what there is; the metavar of an argument.
  [[nodiscard]] const std::string& name() const;
};

struct CommandShape {
  std::string path;  ///< "spf test"; empty for the program
  std::string summary;
  std::string about;
  bool hidden = false;
  bool acts = false;  ///< does something itself, even if there are commands below it
  std::vector<OptionShape> options;
  std::vector<OptionShape> arguments;
  std::vector<CommandShape> commands;

  /// Nothing but the commands below it.
  [[nodiscard]] bool is_group() const { return !commands.empty() && !acts; }

  /// The last word of the path.
  [[nodiscard]] std::string_view word() const;
  [[nodiscard]] const CommandShape* find(std::string_view path) const;
};

/// The whole tree.
CommandShape shape_of(std::span<const Contents> commands);

/// Has the command an option of its own by a name of this global one? Then that one is meant.
bool hides(const CommandShape& command, const OptionShape& global);

/// The option called `name`, among those of the command, then among the global ones.
const OptionShape* find_option(const CommandShape& program, const CommandShape& command,
                               std::string_view name);

}  // namespace mailtrust::cli
