#include "list/origin.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "list/address_text.hpp"
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

// `quick` may take a line before it is looked at with care; `take` is given every other entry.
template <typename Quick, typename Take>
Expected<Tally> read_file(const std::string& path, const Reading& reading, Quick quick, Take take) {
  auto lines = Lines::open(path);
  if (!lines) return fail(lines.error());
  Tally tally;
  while (auto text = lines->next()) {
    if (quick(*text)) {
      ++tally.entries;
      continue;
    }
    auto line = read_line(*text);
    if (line.content == Line::Content::entry && !lines->too_long()) {
      ++tally.entries;
      if (line.kind > Kind::range) ++tally.names;
      take(line, lines->number());
    } else if (line.content == Line::Content::fault || lines->too_long()) {
      ++tally.faults;
      reading.complain(fault_at(*lines, *text));
    }
  }
  if (lines->failure()) return fail(*lines->failure());
  return tally;
}

// `192.0.2.1` and `192.0.2.0/24` alone on a line: what most lines of a long list are.
bool take_plain_v4(std::string_view text, Blocks& blocks) {
  const char* end = text.data() + text.size();
  std::uint32_t value = 0;
  const char* at = read_v4(text.data(), end, value);
  if (at == nullptr) return false;
  if (at == end) {
    blocks.add_v4(value, value);
    return true;
  }
  if (*at++ != '/' || at == end || end - at > 2 || !ascii::is_digit(*at)) return false;
  auto length = static_cast<unsigned>(*at++ - '0');
  if (at != end) {
    if (!ascii::is_digit(*at) || length == 0) return false;
    length = length * 10 + static_cast<unsigned>(*at - '0');
  }
  if (length > 32) return false;
  auto hosts = static_cast<std::uint32_t>((std::uint64_t{1} << (32 - length)) - 1);
  blocks.add_v4(value & ~hosts, value | hosts);
  return true;
}

// A name that nothing stands for may as well be a misspelt file.
Unexpected neither(const std::string& name, const std::string& store) {
  return fail(Error::Kind::input, name,
              "no such file, and no list of that name in " + escape_text(store));
}

Expected<Tally> read_kept(const std::string& name, const Reading& reading,
                          const std::function<void(const Stored&)>& take) {
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
    if (!stored.entry.has_block()) ++tally.names;
    take(stored);
    return true;
  });
  if (!seen) return fail(seen.error());
  return tally;
}

// A store that cannot be read keeps nobody from reading files.
bool is_kept(std::string_view name, const std::string& option) {
  auto path = store_path(option);
  std::error_code ignored;
  if (!path || !std::filesystem::exists(*path, ignored)) return false;
  auto store = Store::open(*path, Store::Access::read);
  if (!store) return false;
  auto found = store->find(name);
  return found && *found;
}

}  // namespace

Origin origin_of(std::string_view argument, const std::string& store) {
  std::error_code ignored;
  bool is_path = argument == "-" || argument.find('/') != std::string_view::npos;
  bool is_file =
      is_path || (std::filesystem::exists(argument, ignored) &&
                  !std::filesystem::is_directory(argument, ignored) && !is_kept(argument, store));
  return {is_file ? Origin::Kind::file : Origin::Kind::kept, std::string(argument)};
}

Expected<Tally> read_members(const Origin& origin, const Reading& reading,
                             const std::function<void(const Member&)>& visit) {
  if (origin.kind == Origin::Kind::kept)
    return read_kept(origin.name, reading, [&](const Stored& stored) {
      visit({stored.entry, stored.comment, 0});
    });
  return read_file(
      origin.name, reading, [](std::string_view) { return false; },
      [&](const Line& line, std::size_t number) {
        auto entry = entry_of(line);
        visit({entry, line.comment, number});
      });
}

Expected<Tally> read_blocks(const Origin& origin, const Reading& reading, Blocks& blocks) {
  if (origin.kind == Origin::Kind::kept)
    return read_kept(origin.name, reading, [&](const Stored& stored) {
      if (stored.entry.has_block()) blocks.add(stored.entry.block);
    });
  return read_file(
      origin.name, reading, [&](std::string_view text) { return take_plain_v4(text, blocks); },
      [&](const Line& line, std::size_t) {
        if (line.kind <= Kind::range) blocks.add(line.block);
      });
}

}  // namespace mailtrust::list
