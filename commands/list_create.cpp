// mailtrust list create|drop NAME
// Lists made and dropped as a whole.
#include <memory>
#include <string>

#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_actor.hpp"
#include "commands/list_words.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

struct Options {
  std::string list;
  VerdictFlags verdict;
  bool exclusive = false;
  bool force = false;
};

cli::Verdict answer(const Options& options, const list::Edited& edited, const std::string& effect,
                    cli::Output& output) {
  cli::Report report;
  auto title = options.list + ": " + kind_of(edited.list) + ", " + effect;
  report.field("list", options.list, {.kind = Kind::title, .label = title})
      .json("verdict", to_string(edited.list.verdict))
      .json("exclusive", edited.list.exclusive)
      .json("entries", cli::Value::Array{})
      .json("effect", effect);
  return output.answer(report);
}

cli::Verdict create(const Options& options, const cli::Context& context, cli::Output& output) {
  if (auto good = options.verdict.check(); !good) return refuse(output, options.list, good.error());
  if (!options.verdict.verdict())
    return refuse(output, options.list,
                  {Error::Kind::usage, "--allow", "missing; expected this or --deny"});
  auto store = open_store(context, list::Store::Access::write);
  if (!store) return refuse(output, options.list, store.error());
  auto edited = list::create(*store, options.list, {options.verdict.verdict(), options.exclusive},
                             actor_of(context, false));
  if (!edited) return refuse(output, options.list, edited.error());
  return answer(options, *edited, edited->made ? "made" : "there already", output);
}

cli::Verdict drop(const Options& options, const cli::Context& context, cli::Output& output) {
  auto store = open_store(context, list::Store::Access::write);
  if (!store) return refuse(output, options.list, store.error());
  auto edited = list::drop(*store, options.list, actor_of(context, options.force));
  if (!edited) return refuse(output, options.list, edited.error());
  return answer(options, *edited, "dropped with " + entries_text(edited->list.entries), output);
}

}  // namespace

void add_list_create(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto command = program.command("list create", "Make an empty list").writes(store_place);
  command.argument("NAME", "letters, digits, `-`, `_` and `.`", name_setter(options->list),
                   {.required = true});
  command
      .flag("--allow", "it lets through what it holds; this or --deny is needed",
            options->verdict.allow)
      .flag("--deny", "it keeps out what it holds", options->verdict.deny)
      .flag("--exclusive", "it admits only those it holds, once it holds any (with --allow)",
            options->exclusive)
      .action([options](cli::Context& context,
                        cli::Output& output) { return create(*options, context, output); },
              0);
}

void add_list_drop(cli::Program& program) {
  auto options = std::make_shared<Options>();
  program.command("list drop", "Drop a list with all its entries")
      .writes(store_place)
      .argument("NAME", "the list", name_setter(options->list),
                {.required = true, .completes = cli::Completes::list})
      .flag("--force", "even if it is not empty", options->force)
      .action([options](cli::Context& context,
                        cli::Output& output) { return drop(*options, context, output); },
              0);
}

}  // namespace mailtrust::commands
