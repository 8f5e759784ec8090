// mailtrust list diff FILE|NAME FILE|NAME
// Which addresses two lists do not share, however their entries are cut.
#include <memory>

#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_sources.hpp"
#include "commands/store_place.hpp"
#include "list/set_text.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::string before;
  std::string after;
  bool ranges = false;
};

struct Difference {
  list::AddressSet removed;
  list::AddressSet added;

  [[nodiscard]] bool empty() const { return removed.empty() && added.empty(); }
};

cli::Value census_value(const list::AddressSet& set) {
  auto census = count(set);
  return cli::Value::Object{{"ipv4", census.v4}, {"ipv6_networks", census.v6_networks}};
}

void write_json(const Difference& difference, const Options& options, cli::Output& output) {
  output.write("{\"schema\":1,\"added\":");
  write_array(difference.added, options.ranges, output);
  output.write(",\"removed\":");
  write_array(difference.removed, options.ranges, output);
  std::string rest = ",\"added_addresses\":";
  cli::append_json(rest, census_value(difference.added));
  rest += ",\"removed_addresses\":";
  cli::append_json(rest, census_value(difference.removed));
  output.write(rest + "}\n");
}

void write_text(const Difference& difference, const Options& options, cli::Output& output) {
  auto put = [&](std::string_view piece) { output.write(piece); };
  list::write_set(difference.removed, {options.ranges, "-", "\n", ""}, put);
  list::write_set(difference.added, {options.ranges, "+", "\n", ""}, put);
  if (difference.empty()) return output.write("both hold the same addresses\n");
  output.write("removed: " + to_string(count(difference.removed)) +
               "; added: " + to_string(count(difference.added)) + '\n');
}

cli::Verdict diff(const Options& options, const cli::Context& context, cli::Output& output) {
  if (auto usable = check_lists({options.before, options.after}, 2); !usable) {
    output.complain(usable.error());
    return cli::Verdict::unusable;
  }
  ListSources sources(context, output);
  auto before = sources.read({options.before});
  auto after = sources.read({options.after});
  if (!before || !after) return sources.verdict();
  Difference difference{*before - *after, *after - *before};
  if (context.globals.json) {
    write_json(difference, options, output);
  } else if (!context.globals.quiet) {
    write_text(difference, options, output);
  }
  return difference.empty() ? cli::Verdict::good : cli::Verdict::bad;
}

cli::Setter word_setter(std::string& target) {
  return [&target](std::string_view word) -> Expected<void> {
    target = word;
    return {};
  };
}

}  // namespace

void add_list_diff(cli::Program& program) {
  auto options = std::make_shared<Options>();
  program.command("list diff", "Which addresses two lists do not share")
      .writes(store_place)
      .argument("FILE|NAME", "the list as it was", word_setter(options->before),
                {.required = true, .completes = cli::Completes::list_or_file})
      .argument("FILE|NAME", "the list as it is", word_setter(options->after),
                {.required = true, .completes = cli::Completes::list_or_file})
      .flag("--ranges", "print FIRST-LAST where a range is no prefix, instead of its prefixes",
            options->ranges)
      .action([options](cli::Context& context,
                        cli::Output& output) { return diff(*options, context, output); },
              0);
}

}  // namespace mailtrust::commands
