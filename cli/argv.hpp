#pragma once
// The words of the command line sorted out: which command they name, which are values.

#include <span>
#include <string>
#include <vector>

#include "cli/shape.hpp"

namespace mailtrust::cli {

/// The words of argv that may name a command, with their places: those that are neither global
/// options nor their values, up to the first option that only a command can know. At most two.
struct CommandWord {
  std::string text;
  std::size_t place;  ///< in argv
};

std::vector<CommandWord> command_words(std::span<const std::string> args,
                                       const CommandShape& program);

/// `args` without the words that name the command, in the plainest spelling: `--name=value` and
/// `-nvalue` in two parts, clustered flags apart, what follows `--` as words.
struct Argument {
  const OptionShape* option = nullptr;  ///< null: a word
  std::string text;                     ///< the value or the word; empty for a flag
};

Expected<std::vector<Argument>> sort_arguments(std::span<const std::string> args,
                                               const CommandShape& program,
                                               const CommandShape& command);

}  // namespace mailtrust::cli
