// What the scripts for all shells share.
#include "cli/completions.hpp"

#include <algorithm>

namespace mailtrust::cli {
namespace {

void collect(const CommandShape& command, std::vector<const CommandShape*>& commands) {
  for (const auto& child : command.commands) {
    if (child.hidden) continue;
    commands.push_back(&child);
    collect(child, commands);
  }
}

void add_names(const CommandShape& command, std::vector<std::string>& names) {
  for (const auto& option : command.options) {
    if (!option.takes_value() || option.hidden) continue;
    for (const auto& name : option.names)
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
}

}  // namespace

std::vector<const CommandShape*> all_commands(const CommandShape& program) {
  std::vector<const CommandShape*> commands;
  collect(program, commands);
  return commands;
}

std::vector<std::string> child_words(const CommandShape& command) {
  std::vector<std::string> words;
  for (const auto& child : command.commands)
    if (!child.hidden) words.emplace_back(child.word());
  return words;
}

std::vector<std::string> value_options(const CommandShape& program) {
  std::vector<std::string> names;
  add_names(program, names);
  for (const auto* command : all_commands(program)) add_names(*command, names);
  return names;
}

std::vector<std::string> words_for(const OptionShape& option, const CompletionWords& words) {
  if (!option.values.empty()) return option.values;
  if (option.completes == Completes::finding_id) return words.findings;
  if (option.completes == Completes::provider) return words.providers;
  return {};
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const auto& word : words) {
    if (&word != &words.front()) text += separator;
    text += word;
  }
  return text;
}

}  // namespace mailtrust::cli
