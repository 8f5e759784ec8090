// Any words as a command line, up to where the command would run: words separated by NUL.
#include <string>
#include <vector>

#include "cli/argv.hpp"
#include "cli/parser.hpp"
#include "commands/commands.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

const cli::CommandShape& program() {
  static const auto kProgram = cli::shape_of(commands::all());
  return kProgram;
}

std::vector<std::string> words_of(std::string_view octets) {
  std::vector<std::string> words;
  while (!octets.empty()) words.emplace_back(fuzz::take_until(octets, '\0'));
  return words;
}

// The command that the words name, whose words are taken out.
const cli::CommandShape* take_command(std::vector<std::string>& words) {
  auto named = cli::command_words(words, program());
  require(named.size() <= 2, "a command is two words at most");
  for (const auto& word : named) require(words[word.place] == word.text, "which stand there");
  for (auto count = named.size(); count > 0; --count) {
    auto path = named[0].text + (count > 1 ? ' ' + named[1].text : "");
    const auto* command = program().find(path);
    if (command == nullptr) continue;
    for (auto i = count; i-- > 0;)
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(named[i].place));
    return command;
  }
  return nullptr;
}

void check_plainer(const cli::CommandShape& command, const std::vector<cli::Argument>& sorted) {
  std::vector<std::string> plain;
  for (const auto& argument : sorted)
    if (argument.option != nullptr)
      plain.push_back(argument.option->name() +
                      (argument.option->takes_value() ? '=' + argument.text : ""));
  plain.emplace_back("--");
  for (const auto& argument : sorted)
    if (argument.option == nullptr) plain.push_back(argument.text);
  auto again = cli::sort_arguments(plain, program(), command);
  require(again && again->size() == sorted.size(), "the plainest spelling is the same");
}

// Options that name a file read it when they are set: an empty one does.
void parse(const cli::CommandShape& command, std::vector<cli::Argument> arguments) {
  for (auto& argument : arguments)
    if (argument.option != nullptr && argument.option->completes != cli::Completes::nothing)
      argument.text = "/dev/null";
  cli::Parser parser;
  for (const auto& line : commands::all())
    if (line.path == command.path) parser.add(line);
  auto plan = parser.parse(command.path, arguments);
  if (plan) require(plan->path == command.path, "a plan is the command's");
  if (!plan) require(!plan.error().where.empty(), "what is wrong is somewhere");
}

}  // namespace

MAILTRUST_FUZZ(command_line, octets) {
  auto words = words_of(octets);
  const auto* command = take_command(words);
  if (command == nullptr) return;
  auto sorted = cli::sort_arguments(words, program(), *command);
  if (!sorted) {
    require(!sorted.error().where.empty() && !sorted.error().message.empty(), "what, and where");
    return;
  }
  check_plainer(*command, *sorted);
  // The tree of options is made anew each time, which costs more than all the rest.
  if (!command->is_group() && fuzz::is_one_of(64, octets)) parse(*command, *sorted);
}
