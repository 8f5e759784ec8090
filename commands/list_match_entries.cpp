#include "commands/list_match_entries.hpp"

#include <utility>

#include "commands/list_words.hpp"
#include "list/store.hpp"

namespace mailtrust::commands {
namespace {

// The line of JSON about one line of a log, for the most part.
cli::Value::Object object_of(const std::string& file, std::size_t line) {
  return {{"schema", 1}, {"file", file}, {"line", line}};
}

void append_line(list::Selected& selected, cli::Value::Object object, std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  object.emplace_back("text", text);
  cli::append_json(selected.octets, cli::Value(std::move(object)));
  selected.octets += '\n';
}

list::Entry entry_of(const list::Block& block) {
  auto length = block.prefix_length();
  auto kind = block.first == block.last ? list::Kind::address
              : length >= 0             ? list::Kind::prefix
                                        : list::Kind::range;
  return {kind, block, {}};
}

}  // namespace

bool MatchEntries::read(const std::vector<std::string>& arguments, const cli::Context& context,
                        ListSources& sources) {
  list::Blocks blocks;
  bool good = true;
  for (const auto& argument : arguments) {
    auto& one = lists_.emplace_back();
    one.origin = list::origin_of(argument, context.globals.store);
    good = sources.each(argument, [&](const list::Member& member) {
      one.index.add(member.entry.block, member.comment);
      blocks.add(member.entry.block);
    }) && good;
    one.index.build();
    one.times.resize(one.index.size());
  }
  addresses_.emplace(blocks.take());
  return good;
}

// Calls visit(found, number of the list, number of the entry).
template <typename Visit>
void MatchEntries::each_entry(std::string_view text, Visit visit) const {
  list::each_member(text, *addresses_, [&](const list::Found& found) {
    for (std::size_t i = 0; i < lists_.size(); ++i)
      if (auto entry = lists_[i].index.find(found.family, found.value)) visit(found, i, *entry);
    return found.end;
  });
}

void MatchEntries::tell(const list::LogPiece& piece, const std::string& file, bool invert,
                        list::Selected& selected) const {
  auto rest = piece.text();
  for (auto number = piece.first_line; !rest.empty(); ++number) {
    auto text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    bool any = false;
    each_entry(text, [&](const list::Found& found, std::size_t list, std::uint32_t entry) {
      any = true;
      if (invert) return;
      const auto& index = lists_[list].index;
      auto object = object_of(file, number);
      object.emplace_back("address", to_string(net::address_of(found.family, found.value)));
      object.emplace_back("entry", to_string(index.block(entry)));
      object.emplace_back("comment", index.comment(entry));
      object.emplace_back("list", lists_[list].origin.name);
      append_line(selected, std::move(object), text);
    });
    if (any != invert) ++selected.lines;
    if (any || !invert) continue;
    auto object = object_of(file, number);
    for (const auto* key : {"address", "entry", "comment"}) object.emplace_back(key, nullptr);
    append_line(selected, std::move(object), text);
  }
}

void MatchEntries::remember(std::string_view text) {
  std::vector<std::pair<std::size_t, std::uint32_t>> seen;
  each_entry(text, [&](const list::Found&, std::size_t list, std::uint32_t entry) {
    seen.emplace_back(list, entry);
  });
  std::lock_guard lock(remembering_);
  for (auto [list, entry] : seen) ++lists_[list].times[entry];
}

bool MatchEntries::record(const cli::Context& context, cli::Output& output) {
  auto store = open_store(context, list::Store::Access::write);
  if (!store) {
    output.complain(store.error());
    return false;
  }
  std::vector<list::ListMatches> all;
  for (const auto& one : lists_) {
    if (one.origin.kind != list::Origin::Kind::kept) continue;
    auto& matches = all.emplace_back(list::ListMatches{one.origin.name, {}}).matches;
    for (std::uint32_t i = 0; i < one.index.size(); ++i)
      if (one.times[i] > 0)
        matches.push_back({entry_of(one.index.block(i)), context.now, one.times[i]});
  }
  auto written = store->record_matches(all);
  if (!written) output.complain(written.error());
  return written.has_value();
}

}  // namespace mailtrust::commands
