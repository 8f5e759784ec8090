#include "commands/list_publish_report.hpp"

#include <string_view>
#include <utility>

#include "base/number.hpp"
#include "list/dnsxl_change.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

std::string sentence(const list::Published& published, bool dry_run) {
  if (published.is_unchanged()) return "unchanged, serial " + std::to_string(published.serial);
  auto counts = grouped(published.added) + " added, " + grouped(published.changed) + " changed, " +
                grouped(published.removed) + " removed";
  if (dry_run) return "to be " + counts + " (dry run)";
  return counts + ", serial " + std::to_string(published.serial) + " after " +
         std::to_string(published.serial_before);
}

std::string_view result(const list::Published& published, bool dry_run) {
  if (published.is_unchanged()) return "unchanged";
  return dry_run ? "planned" : "published";
}

cli::Value changes_value(const list::Published& published) {
  cli::Value::Array out;
  for (const auto& change : published.planned) {
    cli::Value::Object object;
    object.emplace_back("change", to_string(change.kind));
    object.emplace_back("name", to_string(change.owner));
    object.emplace_back("entry", to_string(change.owner.block()));
    object.emplace_back("comment", change.comment);
    out.emplace_back(std::move(object));
  }
  return out;
}

}  // namespace

void add_published(cli::Report& report, const list::Published& published, const std::string& zone,
                   bool dry_run) {
  report
      .field("result", result(published, dry_run),
             {.kind = Kind::title, .label = zone + ": " + sentence(published, dry_run)})
      .json("added", published.added)
      .json("changed", published.changed)
      .json("removed", published.removed)
      .json("serial", published.serial)
      .json("serial_before", published.serial_before);
  if (dry_run)
    report.field("changes", changes_value(published),
                 {.kind = Kind::table, .label = "", .columns = {"change", "name", "comment"}});
}

}  // namespace mailtrust::commands
