#include <algorithm>

#include "cli/completions.hpp"

namespace mailtrust::cli {
namespace {

// Inside single quotes of a specification for _arguments or _describe.
std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string action(const OptionShape& option, const CompletionWords& words) {
  auto known = words_for(option, words);
  if (!known.empty()) return '(' + joined(known) + ')';
  if (option.completes == Completes::file) return "_files";
  if (option.completes == Completes::directory) return "_files -/";
  if (option.completes == Completes::list) return "_mailtrust_lists";
  if (option.completes == Completes::list_or_file) return "_mailtrust_lists_and_files";
  return " ";
}

std::string specification(const OptionShape& option, const CompletionWords& words) {
  std::string tail = '[' + escaped(option.help) + ']';
  if (option.takes_value()) tail += ':' + escaped(option.metavar) + ':' + action(option, words);
  std::string exclusive = option.repeatable ? "*" : '(' + joined(option.names) + ')';
  std::string sign = option.takes_value() ? "=" : "";
  std::string out;
  for (const auto& name : option.names) {
    bool is_long = name.starts_with("--");
    out += "    '" + exclusive + name +
           (is_long                ? sign
            : option.takes_value() ? "+"
                                   : "") +
           tail + "'\n";
  }
  return out;
}

std::string function_name(const CommandShape& command) {
  auto name = "_mailtrust_" + command.path;
  std::ranges::replace(name, ' ', '_');
  std::ranges::replace(name, '-', '_');
  return command.path.empty() ? "_mailtrust" : name;
}

void append_group(std::string& out, const CommandShape& group) {
  // -A: what follows the command's word is the command's, also where it has a global option's name.
  out += "  _arguments -C -s -A '-*' $globals '1: :->command' '*:: :->rest' && ret=0\n";
  out += "  case $state in\n    command)\n      local -a commands=(\n";
  for (const auto& child : group.commands)
    if (!child.hidden)
      out += "        '" + escaped(child.word()) + ':' + escaped(child.summary) + "'\n";
  out += "      )\n      _describe -t commands command commands && ret=0\n      ;;\n";
  out += "    rest)\n      curcontext=${curcontext%:*}-$line[1]:\n      case $line[1] in\n";
  for (const auto& child : group.commands)
    if (!child.hidden)
      out +=
          "        " + std::string(child.word()) + ") " + function_name(child) + " && ret=0 ;;\n";
  out += "      esac\n      ;;\n  esac\n  return ret\n";
}

// The specifications of the global options without those that the command has itself.
std::string globals_for(const CommandShape& command, const CommandShape& program) {
  std::string pattern;
  for (const auto& option : program.options)
    if (hides(command, option))
      pattern +=
          (pattern.empty() ? "" : "|") + option.name() + (option.takes_value() ? "=" : "\\[");
  return pattern.empty() ? "$globals" : "${globals:#*(" + pattern + ")*}";
}

void append_leaf(std::string& out, const CommandShape& command, const CommandShape& program,
                 const CompletionWords& words) {
  out += "  local -a options=(\n";
  for (const auto& option : command.options)
    if (!option.hidden) out += specification(option, words);
  std::size_t place = 0;
  for (const auto& argument : command.arguments) {
    auto number = argument.repeatable ? "*" : std::to_string(++place);
    out +=
        "    '" + number + ':' + escaped(argument.metavar) + ':' + action(argument, words) + "'\n";
  }
  out += "  )\n  _arguments -s -S " + globals_for(command, program) + " $options\n";
}

// A command with others below it: as long as the word after its own is none of theirs, it is meant.
void append_command_before_group(std::string& out, const CommandShape& command,
                                 const CommandShape& program, const CompletionWords& words) {
  auto children = child_words(command);
  out += "  if (( CURRENT == 2 )) || [[ $words[2] != (" + joined(children, "|") + ") ]]; then\n";
  out += "  (( CURRENT == 2 )) && compadd " + joined(children) + '\n';
  append_leaf(out, command, program, words);
  out += "  return\n  fi\n";
}

void append_function(std::string& out, const CommandShape& command, const CommandShape& program,
                     const CompletionWords& words) {
  out += function_name(command) + "() {\n";
  bool has_commands = !command.commands.empty();
  if (has_commands && command.acts) append_command_before_group(out, command, program, words);
  if (has_commands) {
    out += "  local curcontext=$curcontext state ret=1\n  local -a line\n";
    append_group(out, command);
  } else {
    append_leaf(out, command, program, words);
  }
  out += "}\n\n";
}

}  // namespace

std::string zsh_completion(const CommandShape& program, const CompletionWords& words) {
  std::string out =
      "#compdef mailtrust\n# Completion of mailtrust for zsh, made by \"mailtrust completions "
      "zsh\".\n\n"
      "_mailtrust_lists() {\n"
      "  local -a lists\n"
      "  lists=(${(f)\"$(_call_program lists mailtrust list-names 2>/dev/null)\"})\n"
      "  compadd -a lists\n"
      "}\n\n"
      "_mailtrust_lists_and_files() {\n"
      "  _alternative 'lists:list:_mailtrust_lists' 'files:file:_files'\n"
      "}\n\n";
  for (const auto* command : all_commands(program)) append_function(out, *command, program, words);
  out += "_mailtrust() {\n  local curcontext=$curcontext state ret=1\n  local -a line globals\n";
  out += "  globals=(\n";
  for (const auto& option : program.options)
    if (!option.hidden) out += specification(option, words);
  out += "  )\n";
  append_group(out, program);
  out += "}\n\nif [[ $funcstack[1] == _mailtrust ]]; then\n  _mailtrust \"$@\"\nelse\n";
  return out + "  compdef _mailtrust mailtrust\nfi\n";
}

}  // namespace mailtrust::cli
