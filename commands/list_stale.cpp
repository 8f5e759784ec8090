// mailtrust list stale NAME --days N
// Entries that have not matched for long.
#include <memory>
#include <string>
#include <utility>

#include "base/escape.hpp"
#include "base/number.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_words.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

constexpr std::int64_t kDay = 86400;

struct Options {
  std::string list;
  std::uint32_t days = 90;
};

cli::Value stale_value(const list::Stored& stored, std::int64_t last, std::int64_t now) {
  auto value = entry_value(stored, now);
  auto object = *value.object();
  object.emplace_back("last_match", last == 0 ? cli::Value() : cli::Value(time_text(last)));
  return object;
}

cli::Verdict stale(const Options& options, const cli::Context& context, cli::Output& output) {
  auto store = open_store(context, list::Store::Access::read);
  if (!store) return refuse(output, options.list, store.error());
  auto listed = store->find(options.list);
  if (!listed) return refuse(output, options.list, listed.error());
  if (!*listed) return refuse(output, options.list, no_such_list(*store, options.list));
  cli::Value::Array rows;
  auto since = context.now - std::int64_t{options.days} * kDay;
  auto read = store->stale(options.list, since, [&](const list::Stored& stored, std::int64_t last) {
    rows.push_back(stale_value(stored, last, context.now));
    return output.is_open();
  });
  if (!read) return refuse(output, options.list, read.error());
  auto days = grouped(options.days) + (options.days == 1 ? " day" : " days");
  auto title = options.list + ": " + grouped(rows.size()) + " of " +
               entries_text((*listed)->entries) + " older than " + days +
               " and without a match since";
  bool any = !rows.empty();
  cli::Report report;
  report.field("list", options.list, {.kind = Kind::title, .label = title})
      .field("entries", std::move(rows),
             {.kind = Kind::table,
              .columns = {"entry", "created", "last_match:last match", "state", "comment"}})
      .judge(any ? cli::Verdict::bad : cli::Verdict::good);
  return output.answer(report);
}

}  // namespace

void add_list_stale(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto days = [options](std::string_view text) -> Expected<void> {
    auto number = parse_number<std::uint32_t>(text);
    if (!number) return fail(Error::Kind::usage, "", quote(text) + ": expected a number of days");
    options->days = *number;
    return {};
  };
  program.command("list stale", "Entries that have not matched for long")
      .writes(store_place)
      .argument("NAME", "the list", name_setter(options->list),
                {.required = true, .completes = cli::Completes::list})
      .option("--days", "N", "how long (default 90)", days)
      .about(
          "Matches are known from `mailtrust list match --record`. Entries that are younger than "
          "N days are left out.")
      .action([options](cli::Context& context,
                        cli::Output& output) { return stale(*options, context, output); },
              0);
}

}  // namespace mailtrust::commands
