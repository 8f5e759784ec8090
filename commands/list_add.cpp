// mailtrust list add NAME ENTRY...
// Entries into a list, by hand.
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_actor.hpp"
#include "commands/list_validate_sources.hpp"
#include "commands/list_words.hpp"
#include "commands/store_place.hpp"
#include "list/provider_lookup.hpp"
#include "list/seen_from.hpp"
#include "list/vet.hpp"

namespace mailtrust::commands {
namespace {

struct Options {
  std::string list;
  list::Addition addition;
  std::string expires;
  VerdictFlags verdict;
  bool current = false;
  bool force = false;
};

Expected<list::SeenFrom> current_address(const list::Actor& actor, cli::Context& context) {
  if (actor.address) return list::SeenFrom{*actor.address, "SSH_CLIENT", true};
  return list::seen_from(context.resolver);
}

Expected<void> complete(Options& options, const cli::Context& context) {
  if (auto good = options.verdict.check(); !good) return good;
  options.addition.making.verdict = options.verdict.verdict();
  if (options.addition.entries.empty() && !options.current)
    return fail(Error::Kind::usage, "ENTRY", "missing; expected an entry, or --current");
  if (options.expires.empty()) return {};
  auto time = parse_expiry(options.expires, context.now);
  if (!time) return fail(time.error());
  options.addition.expires = *time;
  return {};
}

// Says on stderr which address was taken, and from where.
Expected<void> add_current(Options& options, const list::Actor& actor, cli::Context& context,
                           cli::Output& output) {
  auto seen = current_address(actor, context);
  if (!seen) return fail(seen.error());
  auto address = net::to_string(seen->address);
  std::string message = "this machine is seen from " + address + " (" + seen->source + ")";
  if (actor.address) message = "you are connected from " + address + " (" + seen->source + ")";
  if (!seen->is_sure)
    message = "the resolver in use asks from " + address + " (" + seen->source +
              "): that is this machine's address only if the resolver runs here or behind the "
              "same address";
  output.complain({Error::Kind::input, "--current", message});
  auto kind = list::Kind::address;
  options.addition.entries.push_back({kind, list::block_of(seen->address), {}});
  return {};
}

// Denying a large provider has to be forced.
Expected<void> vet(const Options& options, list::Store& store, cli::Context& context,
                   cli::Output& output) {
  auto found = store.find(options.list);
  if (!found) return fail(found.error());
  auto said = options.verdict.verdict().value_or(list::Verdict::deny);
  auto verdict = *found ? (*found)->verdict : said;
  if (verdict == list::Verdict::allow) return {};
  auto vetters = deny_vetters(store, context);
  list::Vetted vetted;
  for (const auto& entry : options.addition.entries)
    list::look(vetters, entry, verdict, options.list, vetted);
  for (const auto& finding : vetted.findings)
    output.complain({Error::Kind::usage, finding.where, finding.message});
  if (!vetted.stops || options.force) return {};
  return fail(Error::Kind::usage, options.list, "nothing was added; --force adds it all the same");
}

cli::Verdict add(Options& options, cli::Context& context, cli::Output& output) {
  if (auto good = complete(options, context); !good)
    return refuse(output, options.list, good.error());
  auto actor = actor_of(context, options.force);
  if (options.current)
    if (auto good = add_current(options, actor, context, output); !good)
      return refuse(output, options.list, good.error());
  auto store = open_store(context, list::Store::Access::write);
  if (!store) return refuse(output, options.list, store.error());
  if (auto good = vet(options, *store, context, output); !good)
    return refuse(output, options.list, good.error());
  auto edited = list::add(*store, options.list, options.addition, actor);
  if (!edited) return refuse(output, options.list, edited.error());
  return answer_edit(*store, options.list, options.addition.entries, *edited, context, output);
}

}  // namespace

void add_list_add(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto& addition = options->addition;
  auto command = program.command("list add", "Add entries to a list").writes(store_place);
  command
      .argument("NAME", "the list; made if need be", name_setter(options->list),
                {.required = true, .completes = cli::Completes::list})
      .argument("ENTRY", "address, prefix, range, user@domain or @domain",
                entries_setter(addition.entries), {.repeatable = true})
      .option("--comment", "TEXT", "why the entries are there",
              [&addition](std::string_view text) -> Expected<void> {
                addition.comment = std::string(text);
                return check_comment(text);
              })
      .option("--expires", "TIME", "when the entries stop counting: 30d, 12h, a date or a time",
              options->expires)
      .flag("--current", "add the address this machine is seen from, or you are connected from",
            options->current);
  add_verdict_flags(command, options->verdict);
  command
      .flag("--exclusive", "a list that is made admits only those it holds, once it holds any",
            addition.making.exclusive)
      .flag("--force", "even if it locks you out or denies a large provider", options->force)
      .action([options](cli::Context& context,
                        cli::Output& output) { return add(*options, context, output); },
              limits::kProviderQuestions);
}

}  // namespace mailtrust::commands
