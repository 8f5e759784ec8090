// mailtrust completions bash|zsh|fish
// What does the shell need to know to complete our command lines?
#include "cli/completions.hpp"

#include <memory>
#include <string>

#include "commands/commands.hpp"
#include "finding/finding.hpp"
#include "provider/provider.hpp"

namespace mailtrust::commands {
namespace {

cli::CompletionWords words() {
  cli::CompletionWords words;
  for (const auto& entry : finding::catalogue()) words.findings.emplace_back(entry.id);
  for (const auto& provider : provider::all()) words.providers.emplace_back(provider.id);
  return words;
}

std::string script(std::string_view shell) {
  auto shape = cli::shape_of(all());
  if (shell == "bash") return cli::bash_completion(shape, words());
  if (shell == "zsh") return cli::zsh_completion(shape, words());
  return cli::fish_completion(shape, words());
}

cli::Setter into(const std::shared_ptr<std::string>& target) {
  return [target](std::string_view text) -> Expected<void> {
    *target = text;
    return {};
  };
}

}  // namespace

void add_completions(cli::Program& program) {
  auto shell = std::make_shared<std::string>();
  program.command("completions", "Print the completion script for a shell")
      .without_config()
      .argument("SHELL", "bash, zsh or fish", into(shell),
                {.required = true, .values = {"bash", "zsh", "fish"}})
      .action(
          [shell](cli::Context&, cli::Output& output) {
            output.write(script(*shell));
            return cli::Verdict::good;
          },
          0);
}

void add_man_options(cli::Program& program) {
  auto path = std::make_shared<std::string>();
  program.command("man-options", "Print the options of a command for its man page")
      .without_config()
      .hidden()
      .argument("COMMAND", "the words of the command; empty for the common options", into(path))
      .action(
          [path](cli::Context&, cli::Output& output) {
            auto shape = cli::shape_of(all());
            const auto* command = shape.find(*path);
            if (command == nullptr) {
              output.complain({Error::Kind::usage, "COMMAND", "there is no such command"});
              return cli::Verdict::unusable;
            }
            output.write(cli::man_options(*command));
            return cli::Verdict::good;
          },
          0);
}

}  // namespace mailtrust::commands
