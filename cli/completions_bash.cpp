#include "cli/completions.hpp"

namespace mailtrust::cli {
namespace {

constexpr std::string_view kHead =
    R"bash(# Completion of mailtrust for bash, made by "mailtrust completions bash".

_mailtrust_words() {
  local IFS=$' \t\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_mailtrust_files() {
  local IFS=$'\n'
  COMPREPLY=($(compgen "-${1:-f}" -- "$cur"))
  compopt -o filenames 2>/dev/null
}

_mailtrust_lists() {
  _mailtrust_words "$("${COMP_WORDS[0]}" list-names 2>/dev/null)"
}

_mailtrust_lists_and_files() {
  local names
  _mailtrust_lists
  names=("${COMPREPLY[@]}")
  _mailtrust_files
  COMPREPLY+=("${names[@]}")
}

_mailtrust() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} path= next= i
  COMPREPLY=()
  # bash takes --option=value apart at the sign.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)bash";

constexpr std::string_view kTail = R"(}

complete -F _mailtrust mailtrust
)";

std::string joined_cases(const std::vector<std::string>& names) {
  return names.empty() ? "''" : joined(names, " | ");
}

// What completes a value, as a command of the script; nothing when nothing can.
std::string completer(const OptionShape& option, const CompletionWords& words) {
  auto known = words_for(option, words);
  if (!known.empty()) return "_mailtrust_words '" + joined(known) + '\'';
  if (option.completes == Completes::file) return "_mailtrust_files";
  if (option.completes == Completes::directory) return "_mailtrust_files d";
  if (option.completes == Completes::list) return "_mailtrust_lists";
  if (option.completes == Completes::list_or_file) return "_mailtrust_lists_and_files";
  return {};
}

// Finds the command among the words before the cursor.
void append_path_search(std::string& out, const CommandShape& program) {
  std::vector<std::string> paths;
  for (const auto* command : all_commands(program)) paths.push_back('\'' + command->path + '\'');
  out += "  for ((i = 1; i < COMP_CWORD; i++)); do\n    case ${COMP_WORDS[i]} in\n      ";
  out += joined_cases(value_options(program)) + ")\n";
  out += "        [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))\n        ((i++))\n        ;;\n";
  out += "      -*) ;;\n      *)\n        next=${path:+$path }${COMP_WORDS[i]}\n";
  out += "        case $next in " + joined_cases(paths) + ") path=$next ;; esac\n";
  out += "        ;;\n    esac\n  done\n";
}

// `prefix` is the start of the pattern for path and option, its quote open.
void append_values(std::string& out, const CommandShape& command, std::string_view prefix,
                   const CompletionWords& words) {
  for (const auto& option : command.options) {
    if (!option.takes_value() || option.hidden) continue;
    for (const auto& name : option.names) {
      auto action = completer(option, words);
      out.append("    ").append(prefix).append(name).append("')");
      out += action.empty() ? " return ;;\n" : "\n      " + action + "\n      return\n      ;;\n";
    }
  }
}

std::string option_names(const CommandShape& command) {
  std::vector<std::string> names;
  for (const auto& option : command.options)
    for (const auto& name : option.names)
      if (!option.hidden) names.push_back(name);
  return joined(names);
}

void append_options(std::string& out, const CommandShape& program) {
  out += "  if [[ $cur == -* ]]; then\n    local options='" + option_names(program) + "'\n";
  out += "    case $path in\n";
  for (const auto* command : all_commands(program)) {
    auto names = option_names(*command);
    if (!names.empty()) out += "      '" + command->path + "') options+=' " + names + "' ;;\n";
  }
  out += "    esac\n    _mailtrust_words \"$options\"\n    return\n  fi\n";
}

void append_words(std::string& out, const CommandShape& command, const CompletionWords& words) {
  auto children = child_words(command);
  std::string action;
  if (!children.empty()) action = "_mailtrust_words '" + joined(children) + '\'';
  for (const auto& argument : command.arguments)
    if (action.empty()) action = completer(argument, words);
  if (!action.empty()) out += "    '" + command.path + "') " + action + " ;;\n";
}

}  // namespace

std::string bash_completion(const CommandShape& program, const CompletionWords& words) {
  std::string out(kHead);
  append_path_search(out, program);
  out += "  case \"$path $prev\" in\n";
  // Before the global ones, which they may hide.
  for (const auto* command : all_commands(program))
    append_values(out, *command, '\'' + command->path + ' ', words);
  append_values(out, program, "*' ", words);
  out += "  esac\n";
  append_options(out, program);
  out += "  case $path in\n";
  append_words(out, program, words);
  for (const auto* command : all_commands(program)) append_words(out, *command, words);
  out += "  esac\n";
  return out.append(kTail);
}

}  // namespace mailtrust::cli
