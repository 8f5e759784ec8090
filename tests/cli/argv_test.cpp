#include "cli/argv.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;
using namespace mailtrust::cli;

namespace {

CommandShape program() {
  CommandShape program;
  program.options = {{{"--json"}, "", "", {}},
                     {{"--zone"}, "FILE", "", {}},
                     {{"-q", "--quiet"}, "", "", {}},
                     {{"-v", "--verbose"}, "", "", {}}};
  return program;
}

CommandShape command() {
  CommandShape command;
  command.options = {{{"-s", "--selector"}, "S", "", {}}};
  command.arguments = {{{}, "DOMAIN", "", {}}};
  command.arguments.front().repeatable = true;
  return command;
}

// "name=value" for options with one, "name" for flags, the word itself for words.
std::string sorted(const std::vector<std::string>& args) {
  auto top = program();
  auto own = command();
  auto arguments = sort_arguments(args, top, own);
  if (!arguments) return arguments.error().where + ": " + arguments.error().message;
  std::string out;
  for (const auto& argument : *arguments) {
    if (!out.empty()) out += ' ';
    if (argument.option != nullptr) out += argument.option->name();
    if (argument.option != nullptr && argument.option->takes_value()) out += '=';
    out += argument.text;
  }
  return out;
}

}  // namespace

TEST_CASE("options and words are told apart") {
  struct Row {
    std::vector<std::string> args;
    std::string sorted;
  };

  auto row = GENERATE(values<Row>({
      {{"a", "--json", "b"}, "a --json b"},
      {{"--zone", "f", "a"}, "--zone=f a"},
      {{"--zone=f"}, "--zone=f"},
      {{"--zone="}, "--zone="},
      {{"--zone", "--json"}, "--zone=--json"},
      {{"-qv"}, "--quiet --verbose"},
      {{"-qsfoo"}, "--quiet --selector=foo"},
      {{"-s", "foo"}, "--selector=foo"},
      {{"-"}, "-"},
      {{"--", "--json", "-q"}, "--json -q"},
      {{"--zone"}, "--zone: needs a value, FILE"},
      {{"-s"}, "-s: needs a value, S"},
      {{"--json=1"}, "--json: takes no value"},
      {{"--zonk"}, "--zonk: unknown option; did you mean --zone?"},
      {{"--unheard-of"}, "--unheard-of: unknown option"},
      {{"-x"}, "-x: unknown option"},
      {{"--\x1b"}, "--\\x1b: unknown option"},
  }));
  CHECK(sorted(row.args) == row.sorted);
}

TEST_CASE("an argument too many is named") {
  auto top = program();
  auto own = command();
  own.arguments.front().repeatable = false;
  auto sort = [&](const std::vector<std::string>& args) { return sort_arguments(args, top, own); };
  CHECK(sort({"a", "--json"}));
  auto refused = sort({"a", "--zone", "f", "b\x1b"});
  REQUIRE(!refused);
  CHECK(refused.error().where == "\"b\\x1b\"");
  CHECK(refused.error().message == "an argument too many");
}

TEST_CASE("the words that name a command are found among global options") {
  auto words_of = [](const std::vector<std::string>& args) {
    std::string out;
    for (const auto& word : command_words(args, program())) out += word.text + ' ';
    return out;
  };
  CHECK(words_of({"spf", "test", "x"}) == "spf test ");
  CHECK(words_of({"--zone", "f", "spf", "-q", "--json", "test"}) == "spf test ");
  CHECK(words_of({"--zone=f", "spf"}) == "spf ");
  CHECK(words_of({"spf", "--selector", "x", "test"}) == "spf ");
  CHECK(words_of({"--", "spf"}).empty());
}
