#include "cli/help.hpp"

#include <algorithm>

#include "cli/paint.hpp"
#include "cli/width.hpp"

namespace mailtrust::cli {
namespace {

constexpr std::size_t kTermColumn = 26;

void append_heading(std::string& out, std::string_view text, const Screen& screen) {
  out += '\n';
  append_painted(out, Tone::strong, text, screen);
  out += ":\n";
}

// A term and what it means, beside each other where the screen has the room.
void append_term(std::string& out, const std::string& term, std::string_view meaning,
                 const Screen& screen) {
  bool narrow = screen.width < 60;
  auto column = narrow ? 6 : kTermColumn;
  out += "  " + term;
  auto used = 2 + column_count(term);
  if (used + 2 > column) {
    out += '\n';
    used = 0;
  }
  out.append(column - used, ' ');
  append_wrapped(out, meaning, column, column, screen.width);
  out += '\n';
}

std::string meaning(const OptionShape& option) {
  return option.repeatable && !option.names.empty() ? option.help + " (repeatable)" : option.help;
}

void append_options(std::string& out, std::string_view heading,
                    const std::vector<OptionShape>& options, const Screen& screen) {
  if (options.empty()) return;
  append_heading(out, heading, screen);
  for (const auto& option : options)
    if (!option.hidden) append_term(out, spelling(option), meaning(option), screen);
}

void append_commands(std::string& out, const CommandShape& group, const Screen& screen) {
  for (const auto& command : group.commands) {
    if (command.hidden) continue;
    if (!command.is_group()) append_term(out, command.path, command.summary, screen);
    append_commands(out, command, screen);
  }
}

}  // namespace

std::string spelling(const OptionShape& option) {
  std::string text;
  for (const auto& name : option.names) text += (text.empty() ? "" : ", ") + name;
  if (!option.metavar.empty()) text += (text.empty() ? "" : " ") + option.metavar;
  return text;
}

std::string synopsis(const CommandShape& command) {
  std::string text = command.path;
  for (const auto& option : command.options)
    if (option.required) text += ' ' + spelling(option);
  for (const auto& argument : command.arguments) {
    auto word = argument.metavar + (argument.repeatable ? "..." : "");
    text += ' ' + (argument.required ? word : '[' + word + ']');
  }
  if (command.is_group()) text += text.empty() ? "COMMAND" : " COMMAND";
  return text + " [OPTION]...";
}

std::string help(const CommandShape& program, const std::string& path, const Screen& screen) {
  const auto* command = program.find(path);
  if (command == nullptr) command = &program;
  std::string out = "Usage: ";
  append_wrapped(out, "mailtrust " + synopsis(*command), 7, 9, screen.width);
  out += "\n\n";
  append_wrapped(out, command->summary, 0, 0, screen.width);
  out += command->summary.ends_with('?') ? "\n" : ".\n";
  if (!command->commands.empty()) {
    append_heading(out, command->acts ? "Commands below it" : "Commands", screen);
    append_commands(out, *command, screen);
  }
  append_options(out, "Arguments", command->arguments, screen);
  if (command != &program) append_options(out, "Options", command->options, screen);
  auto common = program.options;
  if (command != &program)
    std::erase_if(common, [&](const auto& one) { return hides(*command, one); });
  append_options(out, "Options of every command", common, screen);
  if (!command->about.empty()) {
    out += '\n';
    append_prose(out, command->about, 0, screen);
  }
  return out;
}

}  // namespace mailtrust::cli
