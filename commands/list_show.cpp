// mailtrust list show [NAME...]
// The lists there are, or what some of them hold.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "cli/exit_status.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/list_words.hpp"
#include "commands/spf_words.hpp"
#include "commands/store_place.hpp"

namespace mailtrust::commands {
namespace {

using Access = list::Store::Access;
using Kind = cli::Style::Kind;

// Lists up to this size are shown in columns that fit; of larger ones no more than a few entries
// are held in memory.
constexpr std::size_t kTable = 1000;

cli::Value list_value(const list::Listed& listed) {
  cli::Value::Object object;
  object.emplace_back("list", listed.name);
  object.emplace_back("verdict", to_string(listed.verdict));
  object.emplace_back("exclusive", listed.exclusive);
  object.emplace_back("entries", listed.entries);
  object.emplace_back("created", time_text(listed.created));
  return object;
}

cli::Verdict show_lists(list::Store& store, cli::Output& output) {
  auto lists = store.lists();
  if (!lists) return refuse(output, {}, lists.error());
  cli::Value::Array rows;
  for (const auto& listed : *lists) rows.push_back(list_value(listed));
  bool any = !rows.empty();
  auto title = any ? counted(rows.size(), "list") : "no lists yet";
  cli::Report report;
  report.field("lists", std::move(rows),
               {.kind = any ? Kind::table : Kind::title,
                .label = title,
                .columns = {"list", "verdict", "exclusive", "entries", "created"}});
  return output.answer(report);
}

class ListPage {
 public:
  ListPage(list::Store& store, list::Listed listed, const cli::Context& context,
           cli::Output& output)
      : store_(store), listed_(std::move(listed)), context_(context), output_(output) {}

  cli::Verdict show() {
    bool whole = listed_.entries <= kTable;
    if (!whole && context_.globals.json) return stream_json();
    auto read = whole ? show_table() : stream_text();
    if (read) return cli::Verdict::good;
    return refuse(output_, listed_.name, read.error());
  }

 private:
  [[nodiscard]] std::string title() const {
    return listed_.name + ": " + kind_of(listed_) + ", " + entries_text(listed_.entries);
  }

  Expected<void> show_table() {
    cli::Value::Array rows;
    auto read = each([&](cli::Value entry) { rows.push_back(std::move(entry)); });
    if (!read) return read;
    cli::Report report;
    report.field("list", listed_.name, {.kind = Kind::title, .label = title()})
        .json("verdict", to_string(listed_.verdict))
        .json("exclusive", listed_.exclusive)
        .field(
            "entries", std::move(rows),
            {.kind = Kind::table, .columns = {"entry", "state", "expires", "comment", "source"}});
    output_.answer(report);
    return {};
  }

  // The same line that a Report makes, entry by entry.
  cli::Verdict stream_json() {
    std::string text = "{\"schema\":1,\"list\":";
    cli::append_json(text, listed_.name);
    text += ",\"verdict\":";
    cli::append_json(text, to_string(listed_.verdict));
    text += ",\"exclusive\":";
    cli::append_json(text, listed_.exclusive);
    text += ",\"entries\":[";
    bool begun = false;
    auto read = each([&](const cli::Value& entry) {
      cli::append_json(text, entry);
      output_.write(text);
      text = ",";
      begun = true;
    });
    if (!begun) output_.write(text);
    output_.write(read ? "]}\n" : error_end(read.error()));
    if (!read) output_.complain(read.error());
    return read ? cli::Verdict::good : verdict_of(read.error());
  }

  // What was begun as a line of JSON ends as one.
  static std::string error_end(const Error& error) {
    std::string text = "],\"error\":";
    cli::append_json(
        text, cli::Value::Object{{"kind", to_string(error.kind)}, {"message", error.message}});
    return text + "}\n";
  }

  static cli::Verdict verdict_of(const Error& error) {
    return error.kind == Error::Kind::temporary ? cli::Verdict::unknown : cli::Verdict::unusable;
  }

  Expected<void> stream_text() {
    if (context_.globals.quiet) return {};
    output_.write(title() + "\n\n");
    return each([&](const cli::Value& entry) {
      std::string line = "  ";
      for (const auto* key : {"entry", "state", "expires", "comment", "source"}) {
        const auto* text = entry.find(key)->text();
        if (text != nullptr && !text->empty()) line += escape_text(*text) + "  ";
      }
      line.resize(line.size() - 2);
      output_.write(line + '\n');
    });
  }

  template <typename Take>
  Expected<void> each(Take take) {
    return store_.each(listed_.name, [&](const list::Stored& stored) {
      take(entry_value(stored, context_.now));
      return output_.is_open();
    });
  }

  list::Store& store_;
  list::Listed listed_;
  const cli::Context& context_;
  cli::Output& output_;
};

cli::Verdict show_list(list::Store& store, const std::string& name, const cli::Context& context,
                       cli::Output& output) {
  auto listed = store.find(name);
  if (!listed) return refuse(output, name, listed.error());
  if (!*listed) return refuse(output, name, no_such_list(store, name));
  return ListPage(store, **listed, context, output).show();
}

cli::Verdict show(const std::vector<std::string>& names, const cli::Context& context,
                  cli::Output& output) {
  auto store = open_store(context, Access::read);
  if (!store) return refuse(output, names.empty() ? "" : names[0], store.error());
  if (names.empty()) return show_lists(*store, output);
  auto verdict = cli::Verdict::good;
  for (const auto& name : names)
    verdict = cli::worse(verdict, show_list(*store, name, context, output));
  return verdict;
}

}  // namespace

void add_list_show(cli::Program& program) {
  auto names = std::make_shared<std::vector<std::string>>();
  program.command("list show", "The lists that are kept, or what some of them hold")
      .writes(store_place)
      .argument("NAME", "the lists to show; without one, which lists there are",
                names_setter(*names), {.repeatable = true, .completes = cli::Completes::list})
      .action([names](cli::Context& context,
                      cli::Output& output) { return show(*names, context, output); },
              0);
}

}  // namespace mailtrust::commands
