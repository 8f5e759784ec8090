// mailtrust list aggregate FILE|NAME...
// mailtrust list intersect FILE|NAME...
// mailtrust list subtract FILE|NAME...
// Set work: the smallest equal set, what lists share, what one has beyond others.
#include <memory>
#include <utility>

#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_sources.hpp"
#include "list/set_text.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::vector<std::string> lists;
  bool ranges = false;
  bool comments = false;
};

// Written as it comes: ten million prefixes are not made a Report of.
void write_json(const list::AddressSet& set, bool ranges, cli::Output& output) {
  output.write("{\"schema\":1,\"prefixes\":[");
  list::write_set(set, {ranges, "\"", "\"", ","},
                  [&](std::string_view piece) { output.write(piece); });
  output.write("]}\n");
}

void write(const list::AddressSet& set, const Options& options, const cli::Context& context,
           cli::Output& output) {
  if (context.globals.json) return write_json(set, options.ranges, output);
  if (context.globals.quiet) return;
  list::write_set(set, {.ranges = options.ranges},
                  [&](std::string_view piece) { output.write(piece); });
}

cli::Verdict aggregate(const Options& options, cli::Context& context, cli::Output& output) {
  ListSources sources(context, output);
  auto set = sources.read(options.lists);
  if (!set) return sources.verdict();
  write(*set, options, context, output);
  return cli::Verdict::good;
}

cli::Setter appended_to(std::vector<std::string>& words) {
  return [&words](std::string_view word) -> Expected<void> {
    words.emplace_back(word);
    return {};
  };
}

}  // namespace

void add_list_aggregate(cli::Program& program) {
  auto options = std::make_shared<Options>();
  program.command("list aggregate", "The smallest equal set of prefixes")
      .argument("FILE|NAME", "the lists, together", appended_to(options->lists),
                {.required = true, .repeatable = true, .completes = cli::Completes::file})
      .flag("--ranges", "print ranges instead of prefixes", options->ranges)
      .action([options](cli::Context& context,
                        cli::Output& output) { return aggregate(*options, context, output); },
              0);
}

}  // namespace mailtrust::commands
