// mailtrust list history|undo NAME
// What was done to a list, and doing it backwards.
#include <memory>
#include <string>
#include <utility>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_actor.hpp"
#include "commands/list_validate_sources.hpp"
#include "commands/list_words.hpp"
#include "commands/store_place.hpp"
#include "list/history.hpp"
#include "list/undo.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

// Of larger changes the counts tell.
constexpr std::size_t kChangesTold = 100;

struct Options {
  std::string list;
  bool redo = false;
  bool force = false;
};

cli::Value side_value(const std::optional<list::EntryChange::Side>& side) {
  if (!side) return {};
  return cli::Value::Object{{"comment", side->comment},
                            {"state", to_string(side->state)},
                            {"expires", time_value(side->expires)}};
}

cli::Value changes_value(const list::Event& event) {
  cli::Value::Array out;
  for (const auto& change : event.changes)
    out.emplace_back(cli::Value::Object{{"entry", to_string(change.entry)},
                                        {"before", side_value(change.before)},
                                        {"after", side_value(change.after)}});
  return out;
}

// "comment a to b, paused"
std::string difference(const list::EntryChange& change) {
  std::string out;
  auto say = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  const auto& before = *change.before;
  const auto& after = *change.after;
  if (before.comment != after.comment)
    say("comment \"" + before.comment + "\" to \"" + after.comment + '"');
  if (before.state != after.state) say(after.state == list::State::paused ? "paused" : "resumed");
  if (before.expires != after.expires)
    say(after.expires ? "expires " + time_text(*after.expires) : "never expires");
  return out;
}

std::string first_change(const list::Event& event) {
  if (event.changes.empty()) return {};
  const auto& change = event.changes[0];
  auto entry = to_string(change.entry);
  std::string out = change.before ? "-" + entry : "+" + entry;
  if (change.before && change.after) out = entry + ": " + difference(change);
  const auto& counts = event.counts;
  auto others = counts.added + counts.updated + counts.removed - 1;
  return others == 0 ? out : out + " and " + grouped(others) + " more";
}

cli::Value event_value(const list::Event& event) {
  return cli::Value::Object{{"id", event.id},
                            {"at", time_text(event.at)},
                            {"author", event.author},
                            {"what", event.what},
                            {"detail", event.detail},
                            {"undone", event.standing == "undone" || event.standing == "abandoned"},
                            {"added", event.counts.added},
                            {"updated", event.counts.updated},
                            {"removed", event.counts.removed},
                            {"change", first_change(event)},
                            {"changes", changes_value(event)}};
}

cli::Verdict show(const Options& options, const cli::Context& context, cli::Output& output) {
  auto store = open_store(context, list::Store::Access::read);
  if (!store) return refuse(output, options.list, store.error());
  auto events = list::history(*store, options.list, kChangesTold);
  if (!events) return refuse(output, options.list, events.error());
  cli::Value::Array rows;
  for (const auto& event : *events) rows.push_back(event_value(event));
  cli::Report report;
  report
      .field("list", options.list,
             {.kind = Kind::title, .label = options.list + ": history, the newest first"})
      .field("history", std::move(rows),
             {.kind = Kind::table,
              .columns = {"id", "at", "author", "what detail:what", "change", "undone"}});
  return output.answer(report);
}

cli::Verdict undo(const Options& options, cli::Context& context, cli::Output& output) {
  auto store = open_store(context, list::Store::Access::write);
  if (!store) return refuse(output, options.list, store.error());
  list::Vetting vetting{deny_vetters(*store, context)};
  auto actor = actor_of(context, options.force);
  auto event = options.redo ? list::redo(*store, options.list, actor, vetting)
                            : list::undo(*store, options.list, actor, vetting);
  for (const auto& finding : vetting.found.findings)
    output.complain({Error::Kind::usage, finding.where, finding.message});
  if (!event) return refuse(output, options.list, event.error());
  auto title = options.list + ": " + event->what + " of " + time_text(event->at) + " by " +
               event->author + (options.redo ? " done again" : " undone");
  auto back = options.redo
                  ? event->counts
                  : list::Counts{event->counts.removed, event->counts.updated, event->counts.added};
  cli::Report report;
  report.field("list", options.list, {.kind = Kind::title, .label = title})
      .json("id", event->id)
      .json("what", event->what)
      .json("at", time_text(event->at))
      .field("added", back.added)
      .field("updated", back.updated)
      .field("removed", back.removed);
  return output.answer(report);
}

}  // namespace

void add_list_history(cli::Program& program) {
  auto options = std::make_shared<Options>();
  program.command("list history", "Who changed what in a list, and when")
      .writes(store_place)
      .argument("NAME", "the list; a dropped one, too", name_setter(options->list),
                {.required = true, .completes = cli::Completes::list})
      .action([options](cli::Context& context,
                        cli::Output& output) { return show(*options, context, output); },
              0);
}

void add_list_undo(cli::Program& program) {
  auto options = std::make_shared<Options>();
  program.command("list undo", "Take back the last change of a list")
      .writes(store_place)
      .argument("NAME", "the list; a dropped one, too", name_setter(options->list),
                {.required = true, .completes = cli::Completes::list})
      .flag("--redo", "do again what was undone last", options->redo)
      .flag("--force", "even if it locks you out or denies a large provider", options->force)
      .about(
          "A whole import counts as one change. Each further undo goes back one more; --redo goes "
          "forward again, until something else is changed.")
      .action([options](cli::Context& context,
                        cli::Output& output) { return undo(*options, context, output); },
              limits::kProviderQuestions);
}

}  // namespace mailtrust::commands
