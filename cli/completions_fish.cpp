#include "cli/completions.hpp"

namespace mailtrust::cli {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + '\'';
}

// The path of the command among the words before the cursor.
std::string path_function(const CommandShape& program) {
  std::vector<std::string> paths;
  for (const auto* command : all_commands(program)) paths.push_back(quoted(command->path));
  std::string out = "function __mailtrust_path\n    set -l path ''\n    set -l skip 0\n";
  out += "    for word in (commandline -opc)[2..-1]\n        if test $skip = 1\n";
  out += "            set skip 0\n            continue\n        end\n        switch $word\n";
  out += "            case " + joined(value_options(program)) + "\n                set skip 1\n";
  out += "            case '-*'\n            case '*'\n";
  out += "                set -l next (string trim -- \"$path $word\")\n";
  out += "                contains -- $next " + joined(paths) + "; and set path $next\n";
  out += "        end\n    end\n    echo $path\nend\n\n";
  out += "function __mailtrust_at\n    set -l path (__mailtrust_path)\n";
  return out + "    test \"$path\" = \"$argv\"\nend\n\n";
}

constexpr std::string_view kLists = " -a '(mailtrust list-names 2>/dev/null)'";

std::string value_part(const OptionShape& option, const CompletionWords& words) {
  auto known = words_for(option, words);
  if (!known.empty()) return " -x -a " + quoted(joined(known));
  if (option.completes == Completes::file) return " -r -F";
  if (option.completes == Completes::directory) return " -x -a '(__fish_complete_directories)'";
  if (option.completes == Completes::list) return " -x" + std::string(kLists);
  if (option.completes == Completes::list_or_file) return " -r -F" + std::string(kLists);
  return option.takes_value() ? " -x" : "";
}

void append_option(std::string& out, const OptionShape& option, const std::string& condition,
                   const CompletionWords& words) {
  if (option.hidden) return;
  out += "complete -c mailtrust" + condition;
  for (const auto& name : option.names)
    out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  out += value_part(option, words) + " -d " + quoted(option.help) + '\n';
}

// Where a global option is offered: everywhere but at commands that have one of that name.
std::string condition_for(const OptionShape& global, const CommandShape& program) {
  std::string condition;
  for (const auto* command : all_commands(program))
    if (hides(*command, global))
      condition += (condition.empty() ? "" : "; and ") + ("not __mailtrust_at " + command->path);
  return condition.empty() ? "" : " -n " + quoted(condition);
}

void append_command(std::string& out, const CommandShape& command, const CompletionWords& words) {
  auto condition = " -n " + quoted("__mailtrust_at " + command.path);
  for (const auto& child : command.commands)
    if (!child.hidden)
      out += "complete -c mailtrust" + condition + " -a " + quoted(child.word()) + " -d " +
             quoted(child.summary) + '\n';
  if (!command.path.empty())
    for (const auto& option : command.options) append_option(out, option, condition, words);
  for (const auto& argument : command.arguments) {
    auto known = words_for(argument, words);
    if (!known.empty())
      out += "complete -c mailtrust" + condition + " -a " + quoted(joined(known)) + '\n';
    bool lists = argument.completes == Completes::list;
    bool either = argument.completes == Completes::list_or_file;
    if (lists || either) out += "complete -c mailtrust" + condition + std::string(kLists) + '\n';
    if (either || argument.completes == Completes::file)
      out += "complete -c mailtrust" + condition + " -F\n";
  }
}

}  // namespace

std::string fish_completion(const CommandShape& program, const CompletionWords& words) {
  std::string out =
      "# Completion of mailtrust for fish, made by \"mailtrust completions fish\".\n\n";
  out += path_function(program) + "complete -c mailtrust -f\n";
  for (const auto& option : program.options)
    append_option(out, option, condition_for(option, program), words);
  append_command(out, program, words);
  for (const auto* command : all_commands(program)) append_command(out, *command, words);
  return out;
}

}  // namespace mailtrust::cli
