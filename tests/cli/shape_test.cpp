#include "cli/shape.hpp"

#include <catch2/catch.hpp>

#include "cli/completions.hpp"
#include "cli/help.hpp"
#include "cli/parser.hpp"

using namespace mailtrust;
using namespace mailtrust::cli;

namespace {

std::string zone_given;

// A command with a --zone of its own, and one that has none.
void add_publish(Program& program) {
  program.command("list publish", "Publish")
      .option("--zone", "NAME", "the zone's own name", zone_given)
      .action([](Context&, Output&) { return Verdict::good; }, 0);
}

void add_other(Program& program) {
  program.command("list other", "Other").action([](Context&, Output&) { return Verdict::good; });
}

constexpr Contents kContents[] = {{"list publish", add_publish}, {"list other", add_other}};

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a command's own option hides the global one") {
  auto program = shape_of(kContents);
  const auto* publish = program.find("list publish");
  const auto* other = program.find("list other");
  const auto* zone = find_option(program, program, "--zone");
  REQUIRE(zone != nullptr);
  CHECK(zone->metavar == "FILE");
  CHECK(hides(*publish, *zone));
  CHECK(!hides(*other, *zone));
  CHECK(!hides(*publish, *find_option(program, program, "--record-zone")));
  CHECK(find_option(program, *publish, "--zone")->metavar == "NAME");
  CHECK(find_option(program, *other, "--zone")->metavar == "FILE");
}

TEST_CASE("the hidden option's value goes to the command") {
  Parser parser;
  for (const auto& line : kContents) parser.add(line);
  auto program = parser.shape();
  const auto* publish = program.find("list publish");
  std::vector<std::string> args = {"--zone", "bl.example", "--json"};
  auto sorted = sort_arguments(args, program, *publish);
  REQUIRE(sorted);
  REQUIRE(parser.parse("list publish", *sorted));
  CHECK(zone_given == "bl.example");
  CHECK(parser.globals().zones.empty());
  CHECK(parser.globals().json);
}

TEST_CASE("help shows the option once, with its own meaning") {
  auto program = shape_of(kContents);
  auto publish = help(program, "list publish", {});
  CHECK(has(publish, "--zone NAME"));
  CHECK(!has(publish, "--zone FILE"));
  CHECK(has(publish, "--record-zone FILE"));
  CHECK(has(help(program, "list other", {}), "--zone FILE"));
  CHECK(has(help(program, "", {}), "--zone FILE"));
}

TEST_CASE("the shells offer the command's own option") {
  auto program = shape_of(kContents);
  auto bash = bash_completion(program, {});
  CHECK(bash.find("'list publish --zone')") < bash.find("*' --zone')"));
  CHECK(has(zsh_completion(program, {}), "_arguments -s -S ${globals:#*(--zone=)*} $options"));
  auto fish = fish_completion(program, {});
  CHECK(has(fish, "-n 'not __mailtrust_at list publish' -l zone"));
  CHECK(has(fish, "-n '__mailtrust_at list publish' -l zone -x"));
}

namespace {

// A command with others below it, as "abuse" and "abuse report".
void add_upper(Program& program) {
  program.command("upper", "Upper").inputs("WORD", "a word", [](const Input&, Context&) {
    return Report();
  });
}

void add_lower(Program& program) {
  program.command("upper lower", "Lower").action([](Context&, Output&) { return Verdict::good; });
}

constexpr Contents kTwoLevels[] = {{"upper", add_upper}, {"upper lower", add_lower}};

}  // namespace

TEST_CASE("a command may have others below it") {
  auto program = shape_of(kTwoLevels);
  const auto* upper = program.find("upper");
  REQUIRE(upper != nullptr);
  CHECK(upper->acts);
  CHECK(!upper->is_group());
  REQUIRE(program.find("upper lower") != nullptr);
  auto text = help(program, "", Screen{});
  CHECK(has(text, "  upper  "));
  CHECK(has(text, "  upper lower"));
  text = help(program, "upper", Screen{});
  CHECK(has(text, "mailtrust upper WORD... [OPTION]..."));
  CHECK(has(text, "upper lower"));
}

TEST_CASE("a word like a command's, where the words are inputs, is an input") {
  Parser parser;
  for (const auto& line : kTwoLevels) parser.add(line);
  auto program = parser.shape();
  std::vector<std::string> args = {"x", "lower"};
  auto sorted = sort_arguments(args, program, *program.find("upper"));
  REQUIRE(sorted);
  auto plan = parser.parse("upper", *sorted);
  REQUIRE(plan);
  CHECK(plan->inputs == args);
}
