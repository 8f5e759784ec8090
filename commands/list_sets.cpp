// mailtrust list aggregate FILE|NAME...
// mailtrust list intersect FILE|NAME FILE|NAME...
// mailtrust list subtract FILE|NAME FILE|NAME...
// Set work: the smallest equal set, what lists share, what one has and the others have not.
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "base/escape.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_sources.hpp"
#include "commands/store_place.hpp"
#include "list/comments.hpp"
#include "list/set_text.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::vector<std::string> lists;
  bool ranges = false;
  bool comments = false;
};

void write(const list::AddressSet& set, const Options& options, const cli::Context& context,
           cli::Output& output) {
  if (context.globals.json) {
    output.write("{\"schema\":1,\"prefixes\":");
    write_array(set, options.ranges, output);
    output.write("}\n");
  } else if (!context.globals.quiet) {
    list::write_set(set, {.ranges = options.ranges},
                    [&](std::string_view piece) { output.write(piece); });
  }
}

cli::Verdict write_comments(list::Commented& commented, const Options& options,
                            const cli::Context& context, cli::Output& output) {
  cli::Value::Array prefixes;
  cli::Value::Object comments;
  commented.each(options.ranges, [&](const list::Block& block, const std::string& comment) {
    auto text = to_string(block);
    if (!context.globals.json) {
      if (!comment.empty()) text += ';' + escape_unsafe(comment);
      if (!context.globals.quiet) output.write(text + '\n');
      return;
    }
    if (!comment.empty()) comments.emplace_back(text, comment);
    prefixes.emplace_back(std::move(text));
  });
  if (!context.globals.json) return cli::Verdict::good;
  cli::Report report;
  report.json("prefixes", std::move(prefixes)).json("comments", std::move(comments));
  return output.answer(report);
}

cli::Verdict aggregate_comments(const Options& options, ListSources& sources,
                                const cli::Context& context, cli::Output& output) {
  list::Commented commented;
  bool good = true;
  for (const auto& argument : options.lists)
    good = sources.each(argument, [&](const list::Member& member) {
      commented.add(member.entry.block, member.comment);
    }) && good;
  if (!good) return sources.verdict();
  return write_comments(commented, options, context, output);
}

cli::Verdict aggregate(const Options& options, const cli::Context& context, cli::Output& output) {
  ListSources sources(context, output);
  if (options.comments) return aggregate_comments(options, sources, context, output);
  auto set = sources.read(options.lists);
  if (!set) return sources.verdict();
  write(*set, options, context, output);
  return cli::Verdict::good;
}

cli::Verdict intersect(const Options& options, const cli::Context& context, cli::Output& output) {
  ListSources sources(context, output);
  std::optional<list::AddressSet> shared;
  bool good = true;
  for (const auto& argument : options.lists) {
    auto set = sources.read({argument});
    good = good && set;
    if (!good) continue;
    shared = shared ? *shared & *set : std::move(*set);
  }
  if (!good) return sources.verdict();
  write(*shared, options, context, output);
  return cli::Verdict::good;
}

cli::Verdict subtract(const Options& options, const cli::Context& context, cli::Output& output) {
  ListSources sources(context, output);
  auto first = sources.read({options.lists.front()});
  auto others = sources.read({options.lists.begin() + 1, options.lists.end()});
  if (!first || !others) return sources.verdict();
  write(*first - *others, options, context, output);
  return cli::Verdict::good;
}

using Work = cli::Verdict (*)(const Options&, const cli::Context&, cli::Output&);

// What all three have in common; `least` lists have to be named.
void set_up(cli::Command command, const std::shared_ptr<Options>& options, const std::string& help,
            std::size_t least, Work work) {
  command
      .argument("FILE|NAME", help, words_setter(options->lists),
                {.required = true, .repeatable = true, .completes = cli::Completes::list_or_file})
      .flag("--ranges", "print FIRST-LAST where a range is no prefix, instead of its prefixes",
            options->ranges)
      .action(
          [options, least, work](cli::Context& context, cli::Output& output) {
            auto usable = check_lists(options->lists, least);
            if (usable) return work(*options, context, output);
            output.complain(usable.error());
            return cli::Verdict::unusable;
          },
          0);
}

}  // namespace

void add_list_aggregate(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto command =
      program.command("list aggregate", "The smallest equal set of prefixes").writes(store_place);
  command.flag("--comments", "keep the comments, joined by \" | \" where entries merge",
               options->comments);
  set_up(command, options, "the lists, taken together", 1, aggregate);
}

void add_list_intersect(cli::Program& program) {
  set_up(program.command("list intersect", "The addresses that all lists hold").writes(store_place),
         std::make_shared<Options>(), "the lists", 2, intersect);
}

void add_list_subtract(cli::Program& program) {
  set_up(program.command("list subtract", "The addresses of the first list that no other holds")
             .writes(store_place),
         std::make_shared<Options>(), "the list, and those taken from it", 2, subtract);
}

}  // namespace mailtrust::commands
