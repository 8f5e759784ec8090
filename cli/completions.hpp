#pragma once
// Completion scripts and option tables, made from the tree of commands.

#include <string>
#include <vector>

#include "cli/shape.hpp"

namespace mailtrust::cli {

/// Words that only the domain of the program knows.
struct CompletionWords {
  std::vector<std::string> findings;
  std::vector<std::string> providers;
};

/// A script for bash 4 and newer, with or without the bash-completion package.
std::string bash_completion(const CommandShape& program, const CompletionWords& words);

/// A function for zsh's fpath, under the name `_mailtrust`; it can be sourced too.
std::string zsh_completion(const CommandShape& program, const CompletionWords& words);

std::string fish_completion(const CommandShape& program, const CompletionWords& words);

/// The options of one command as an mdoc list, for its man page.
std::string man_options(const CommandShape& command);

/// The commands that can be run, and the groups, hidden ones left out, parents first.
std::vector<const CommandShape*> all_commands(const CommandShape& program);

/// The last words of the commands right below one, hidden ones left out.
std::vector<std::string> child_words(const CommandShape& command);

/// The names of every option that takes a value, each once.
std::vector<std::string> value_options(const CommandShape& program);

/// The fixed words a value can be: its own, findings or providers.
std::vector<std::string> words_for(const OptionShape& option, const CompletionWords& words);

/// "a b c".
std::string joined(const std::vector<std::string>& words, std::string_view separator = " ");

}  // namespace mailtrust::cli
