#include "cli/shape.hpp"

#include <algorithm>

namespace mailtrust::cli {

bool OptionShape::answers_to(std::string_view name) const {
  return std::ranges::find(names, name) != names.end();
}

const std::string& OptionShape::name() const {
  return names.empty() ? metavar : names.back();
}

std::string_view CommandShape::word() const {
  std::string_view words = path;
  return words.substr(words.find_last_of(' ') + 1);
}

const CommandShape* CommandShape::find(std::string_view wanted) const {
  if (path == wanted) return this;
  for (const auto& command : commands)
    if (const auto* found = command.find(wanted)) return found;
  return nullptr;
}

bool hides(const CommandShape& command, const OptionShape& global) {
  return std::ranges::any_of(command.options, [&](const OptionShape& own) {
    return std::ranges::any_of(global.names,
                               [&](const std::string& name) { return own.answers_to(name); });
  });
}

const OptionShape* find_option(const CommandShape& program, const CommandShape& command,
                               std::string_view name) {
  for (const auto* options : {&command.options, &program.options})
    for (const auto& option : *options)
      if (option.answers_to(name)) return &option;
  return nullptr;
}

}  // namespace mailtrust::cli
