#include "list/origin.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/escape.hpp"
#include "list/lines.hpp"
#include "list/store.hpp"

namespace mailtrust::list {
namespace {

Error fault_at(const Lines& lines, std::string_view text) {
  auto fault = diagnose(text);
  auto where =
      lines.path() + ':' + std::to_string(lines.number()) + ':' + std::to_string(fault.column);
  return {Error::Kind::input, std::move(where), std::move(fault.message)};
}

Expected<Tally> read_file_members(const std::string& path, const Reading& reading,
                                  const std::function<void(const Member&)>& visit) {
  auto lines = Lines::open(path);
  if (!lines) return fail(lines.error());
  Tally tally;
  while (auto text = lines->next()) {
    auto line = read_line(*text);
    if (line.content == Line::Content::entry && !lines->too_long()) {
      ++tally.entries;
      auto entry = entry_of(line);
      visit({entry, line.comment, lines->number()});
    } else if (line.content == Line::Content::fault || lines->too_long()) {
      ++tally.faults;
      reading.complain(fault_at(*lines, *text));
    }
  }
  if (lines->failure()) return fail(*lines->failure());
  return tally;
}

// A name that nothing stands for may as well be a misspelt file.
Unexpected neither(const std::string& name, const std::string& store) {
  return fail(Error::Kind::input, name,
              "no such file, and no list of that name in " + escape_text(store));
}

Expected<Tally> read_kept_members(const std::string& name, const Reading& reading,
                                  const std::function<void(const Member&)>& visit) {
  auto path = store_path(reading.store);
  if (!path) return fail(path.error());
  std::error_code unreadable;
  if (!std::filesystem::exists(*path, unreadable) && !unreadable) return neither(name, *path);
  auto store = Store::open(*path, Store::Access::read);
  if (!store) return fail(store.error());
  auto found = store->find(name);
  if (!found) return fail(found.error());
  if (!*found) return neither(name, *path);
  Tally tally;
  auto seen = store->each(name, [&](const Stored& stored) {
    if (!stored.is_in_force(reading.now)) return true;
    ++tally.entries;
    visit({stored.entry, stored.comment, 0});
    return true;
  });
  if (!seen) return fail(seen.error());
  return tally;
}

}  // namespace

Origin origin_of(std::string_view argument) {
  std::error_code ignored;
  bool is_file = argument == "-" || argument.find('/') != std::string_view::npos ||
                 std::filesystem::exists(argument, ignored);
  return {is_file ? Origin::Kind::file : Origin::Kind::kept, std::string(argument)};
}

Expected<Tally> read_members(const Origin& origin, const Reading& reading,
                             const std::function<void(const Member&)>& visit) {
  return origin.kind == Origin::Kind::file ? read_file_members(origin.name, reading, visit)
                                           : read_kept_members(origin.name, reading, visit);
}

}  // namespace mailtrust::list
