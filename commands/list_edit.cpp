// mailtrust list edit|pause|resume|remove NAME ENTRY...
// Entries that are there, changed or taken out.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_actor.hpp"
#include "commands/list_words.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::string list;
  std::vector<list::Entry> entries;
  list::Amendment amendment;
  std::string expires;
  bool force = false;
};

using Edit = Expected<list::Edited> (*)(list::Store&, const Options&, const list::Actor&);

cli::Verdict run(const Options& options, Edit edit, const cli::Context& context,
                 cli::Output& output) {
  auto store = open_store(context, list::Store::Access::write);
  if (!store) return refuse(output, options.list, store.error());
  auto edited = edit(*store, options, actor_of(context, options.force));
  if (!edited) return refuse(output, options.list, edited.error());
  return answer_edit(*store, options.list, options.entries, *edited, context, output);
}

Expected<void> complete(Options& options, const cli::Context& context) {
  if (!options.amendment.comment && options.expires.empty())
    return fail(Error::Kind::usage, "--comment", "missing; expected this or --expires");
  if (options.expires == "never") options.amendment.expires.emplace();
  if (options.expires.empty() || options.expires == "never") return {};
  auto time = parse_expiry(options.expires, context.now);
  if (!time) return fail(time.error());
  options.amendment.expires.emplace(*time);
  return {};
}

Expected<list::Edited> amend(list::Store& store, const Options& options, const list::Actor& actor,
                             const std::string& what) {
  return list::amend(store, options.list, options.entries, options.amendment, what, actor);
}

Expected<list::Edited> edit(list::Store& store, const Options& options, const list::Actor& actor) {
  return amend(store, options, actor, "edit");
}

Expected<list::Edited> pause(list::Store& store, const Options& options, const list::Actor& actor) {
  return amend(store, options, actor, "pause");
}

Expected<list::Edited> resume(list::Store& store, const Options& options,
                              const list::Actor& actor) {
  return amend(store, options, actor, "resume");
}

Expected<list::Edited> remove(list::Store& store, const Options& options,
                              const list::Actor& actor) {
  return list::remove(store, options.list, options.entries, actor);
}

cli::Command add_command(cli::Program& program, const std::string& path, const std::string& summary,
                         const std::shared_ptr<Options>& options) {
  auto command = program.command(path, summary).writes(store_place);
  command
      .argument("NAME", "the list", name_setter(options->list),
                {.required = true, .completes = cli::Completes::list})
      .argument("ENTRY", "the entries, in any spelling", entries_setter(options->entries),
                {.required = true, .repeatable = true})
      .flag("--force", "even if it locks out the address you are connected from", options->force);
  return command;
}

void add_plain(cli::Program& program, const std::string& path, const std::string& summary,
               Edit edit, std::optional<list::State> state) {
  auto options = std::make_shared<Options>();
  options->amendment.state = state;
  add_command(program, path, summary, options)
      .action([options, edit](cli::Context& context,
                              cli::Output& output) { return run(*options, edit, context, output); },
              0);
}

}  // namespace

void add_list_edit(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto& amendment = options->amendment;
  add_command(program, "list edit", "Change the comment or the expiry of entries", options)
      .option("--comment", "TEXT", "the new comment; an empty one takes it away",
              [&amendment](std::string_view text) -> Expected<void> {
                amendment.comment = std::string(text);
                return check_comment(text);
              })
      .option("--expires", "TIME|never", "when they stop counting: 30d, 12h, a date, a time, never",
              options->expires)
      .action(
          [options](cli::Context& context, cli::Output& output) {
            if (auto good = complete(*options, context); !good)
              return refuse(output, options->list, good.error());
            return run(*options, edit, context, output);
          },
          0);
}

void add_list_pause(cli::Program& program) {
  add_plain(program, "list pause", "Let entries count for nothing until they are resumed", pause,
            list::State::paused);
}

void add_list_resume(cli::Program& program) {
  add_plain(program, "list resume", "Let paused entries count again", resume, list::State::active);
}

void add_list_remove(cli::Program& program) {
  add_plain(program, "list remove", "Take entries out of a list", remove, std::nullopt);
}

}  // namespace mailtrust::commands
