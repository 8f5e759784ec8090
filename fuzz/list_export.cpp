// Every export format, with entries and comments from the input: a comment breaks out of nothing,
// and what is written holds the addresses that were given.
#include <algorithm>
#include <vector>

#include "base/escape.hpp"
#include "dns/zone_resolver.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"
#include "json/value.hpp"
#include "list/address_set.hpp"
#include "list/block_text.hpp"
#include "list/export.hpp"
#include "list/line.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

constexpr std::size_t kMostEntries = 12;

std::vector<list::Stored> read_entries(std::string_view octets) {
  std::vector<list::Stored> entries;
  while (!octets.empty() && entries.size() < kMostEntries) {
    auto line = list::read_line(fuzz::take_until(octets, '\n'));
    if (line.content != list::Line::Content::entry) continue;
    list::Stored stored;
    stored.entry = list::entry_of(line);
    stored.comment = line.comment;
    stored.created = 1'795'356'000;
    entries.push_back(std::move(stored));
  }
  return entries;
}

list::Heading heading_of(std::uint8_t mode) {
  list::Heading heading;
  heading.name = "a \"list\"\n";
  heading.set_name = "a_list";
  heading.verdict = (mode & 1U) != 0 ? list::Verdict::allow : list::Verdict::deny;
  heading.tell = (mode & 2U) != 0;
  return heading;
}

struct Written {
  std::string octets;
  list::AddressSet blocks;        // of the entries that were not refused
  std::vector<list::Entry> held;  // those entries
};

std::optional<Written> write(const list::Format& format, const list::Heading& heading,
                             const std::vector<list::Stored>& entries) {
  auto exporter = format.make(heading);
  Written written;
  list::Blocks blocks;
  for (const auto& stored : entries) {
    if (!exporter->refuse(stored.entry).empty()) continue;
    exporter->add(stored);
    written.held.push_back(stored.entry);
    if (stored.entry.has_block()) blocks.add(stored.entry.block);
  }
  auto octets = exporter->finish();
  if (!octets) return std::nullopt;
  written.octets = std::move(*octets);
  written.blocks = blocks.take();
  return written;
}

void require_clean(std::string_view octets) {
  while (!octets.empty()) {
    auto line = fuzz::take_until(octets, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (std::size_t i = 0; i < line.size();) {
      if (line[i] >= ' ' && line[i] <= '~') {
        ++i;
        continue;
      }
      auto decoded = decode_utf8(line.substr(i));
      bool tab = line[i] == '\t';
      require(decoded.length > 0 && (tab || !is_unsafe(decoded.code_point)), "nothing unsafe");
      i += decoded.length;
    }
  }
}

// One block a line, words of the format around it; comments are lines of their own.
list::AddressSet blocks_in(std::string_view octets) {
  list::Blocks blocks;
  while (!octets.empty()) {
    auto line = fuzz::take_until(octets, '\n');
    if (line.empty() || line.front() == '#') continue;
    for (auto word : {std::string_view("deny "), std::string_view("allow ")})
      if (line.starts_with(word)) line.remove_prefix(word.size());
    if (line.starts_with('"')) line.remove_prefix(1);
    auto block = list::read_block_text(line.substr(0, line.find_first_of("\"; ")));
    if (!block && line.find(": ") != std::string_view::npos)
      block = list::read_block_text(line.substr(0, line.find(": ")));
    require(block.has_value(), "every line that is no comment holds a block");
    blocks.add(block->block);
  }
  return blocks.take();
}

std::vector<list::Entry> entries_in(std::string_view octets) {
  std::vector<list::Entry> entries;
  while (!octets.empty()) {
    auto line = list::read_line(fuzz::take_until(octets, '\n'));
    require(line.content != list::Line::Content::fault, "what was written has no fault");
    if (line.content == list::Line::Content::entry) entries.push_back(list::entry_of(line));
  }
  return entries;
}

// Both ends of each block answer as listed, but for 127.0.0.1, which never does.
void require_listed(const Written& written) {
  auto zone = dns::ZoneResolver::from_text(written.octets, "f");
  require(zone.has_value(), "our own reader takes the zone");
  each_range(written.blocks, [&](const list::Block& block) {
    for (auto value : {block.first, block.last}) {
      auto address = net::address_of(block.family, value);
      auto name = reverse_name(address);
      name.resize(name.size() - (address.is_v4() ? 13 : 9));  // .in-addr.arpa, .ip6.arpa
      bool never = (address.is_v4() ? address : address.unmapped()) == net::Address::v4(0x7f000001);
      auto answer = (*zone)->query({*dns::Name::read(name), dns::Type::a});
      require(never || answer->status == dns::Status::found, "what is in the list is listed");
    }
  });
}

void check(const list::Format& format, const Written& written, bool listed) {
  auto is = [&](auto... names) { return ((format.name == names) || ...); };
  require_clean(written.octets);
  if (is("postfix", "postscreen", "rspamd", "exim", "haproxy", "nginx"))
    require(blocks_in(written.octets) == written.blocks, "the addresses that were given");
  if (is("text"))
    require(entries_in(written.octets) == written.held, "the entries that were given");
  if (is("json")) {
    auto json = json::parse(written.octets);
    require(json && (*json)["entries"].items().size() == written.held.size(),
            "JSON of all entries");
  }
  if (is("dnsxl") && listed) require_listed(written);
}

// A DNS zone that holds half the world has a quarter of a million names: a second's work.
bool is_dear(const list::Format& format, const std::vector<list::Stored>& entries) {
  constexpr auto kWide = net::Uint128{1} << 12U;
  return format.name == "dnsxl" && std::ranges::any_of(entries, [](const list::Stored& stored) {
           return stored.entry.has_block() &&
                  stored.entry.block.last - stored.entry.block.first > kWide;
         });
}

}  // namespace

MAILTRUST_FUZZ(list_export, octets) {
  auto formats = list::formats();
  const auto& format = formats[fuzz::take(octets) % formats.size()];
  auto heading = heading_of(fuzz::take(octets));
  auto entries = read_entries(octets);
  if (is_dear(format, entries) && !fuzz::is_one_of(256, octets)) return;
  auto written = write(format, heading, entries);
  if (!written) return;
  check(format, *written, fuzz::is_one_of(32, octets));
  if (!fuzz::is_one_of(4, octets)) return;
  auto again = write(format, heading, entries);
  require(again && again->octets == written->octets, "the same entries make the same octets");
}
