#include "commands/list_actor.hpp"

#include <cstdlib>
#include <utility>

#include "base/escape.hpp"
#include "commands/list_words.hpp"
#include "list/seen_from.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

cli::Value::Object effect_value(list::Effect effect, const list::Entry& entry) {
  return {{"effect", to_string(effect)}, {"entry", to_string(entry)}};
}

}  // namespace

list::Actor actor_of(const cli::Context& context, bool force) {
  list::Actor actor{author(), context.now, std::nullopt, force};
  if (const char* client = std::getenv("SSH_CLIENT")) actor.address = list::ssh_client(client);
  return actor;
}

cli::Setter entries_setter(std::vector<list::Entry>& target) {
  return [&target](std::string_view text) -> Expected<void> {
    auto entry = list::Entry::parse(text);
    if (!entry) return fail(Error::Kind::usage, "", entry.error().message);
    target.push_back(*std::move(entry));
    return {};
  };
}

finding::Finding exclusive_begins(const list::Listed& listed) {
  return finding::make("list.exclusive-begins", listed.name,
                       listed.name +
                           " admits only those it holds from now on; while it was empty it "
                           "admitted everyone",
                       "make sure that everybody who needs to come in is listed");
}

cli::Verdict answer_edit(list::Store& store, const std::string& list,
                         const std::vector<list::Entry>& entries, const list::Edited& edited,
                         const cli::Context& context, cli::Output& output) {
  cli::Value::Array rows;
  std::string missing;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto row = effect_value(edited.effects[i], entries[i]);
    if (edited.effects[i] == list::Effect::missing)
      missing += (missing.empty() ? "" : ", ") + to_string(entries[i]);
    auto stored = store.get(list, entries[i]);
    if (!stored) return refuse(output, list, stored.error());
    if (*stored) {
      auto value = entry_value(**stored, context.now);
      for (const auto& member : *value.object())
        if (member.first != "entry") row.push_back(member);
    }
    rows.emplace_back(std::move(row));
  }
  cli::Report report;
  report
      .field("list", list,
             {.kind = Kind::title,
              .label = list + ": " + kind_of(edited.list) + ", " +
                       entries_text(edited.list.entries) + (edited.made ? ", made just now" : "")})
      .field("entries", std::move(rows),
             {.kind = Kind::table, .columns = {"effect", "entry", "state", "expires", "comment"}});
  if (edited.first_exclusive) report.finding(exclusive_begins(edited.list));
  if (!missing.empty())
    report.error(
        {Error::Kind::input, list,
         "does not hold " + quote(missing) + " as an entry of its own: nothing was changed"});
  return output.answer(report);
}

}  // namespace mailtrust::commands
