#include "dnsbl/zone.hpp"

#include <algorithm>
#include <span>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"

namespace mailtrust::dnsbl {
namespace {

struct Word {
  std::string_view text;
  std::size_t column = 0;  // from 1
};

std::vector<Word> words_of(std::string_view line) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < line.size();) {
    auto end = at;
    while (end < line.size() && !ascii::is_space(line[end])) ++end;
    if (end > at && line[at] == '#') break;
    if (end > at) words.push_back({line.substr(at, end - at), at + 1});
    at = std::max(end, at + 1);
  }
  return words;
}

std::vector<std::string_view> texts_of(std::span<const Word> words) {
  std::vector<std::string_view> texts;
  for (const auto& word : words) texts.push_back(word.text);
  return texts;
}

std::vector<Code> codes_of(const Row& row) {
  auto codes = parse_codes(texts_of(words_of(row.codes)));
  return codes ? std::move(*codes) : std::vector<Code>{};
}

Expected<void> take_key(Zone& zone, std::string_view key, std::string_view where) {
  if (!config::is_key(key))
    return fail(Error::Kind::input, where, "not a key: expected letters, digits, - and _");
  auto name = std::string(key) + std::string(zone.row->keyed.substr(zone.row->keyed.find('.')));
  auto asked = dns::Name::read(name);
  if (!asked) return fail(Error::Kind::input, where, "the key is too long for a domain name");
  zone.asked = std::move(*asked);
  zone.secret = key;
  return {};
}

Expected<Zone> zone_of(const Row& row, const Keys& keys) {
  Zone zone;
  zone.name = row.zone;
  zone.asked = dns::Name::read(row.zone).value_or(dns::Name());
  zone.kind = row.kind;
  zone.v4 = row.families.find('4') != std::string_view::npos;
  zone.v6 = row.families.find('6') != std::string_view::npos;
  zone.codes = codes_of(row);
  zone.row = &row;
  if (row.key.empty()) return zone;
  if (auto key = keys.find(std::string(row.key)); key != keys.end()) {
    auto taken = take_key(zone, key->second.value, key->second.where);
    if (!taken) return fail(taken.error());
  } else if (row.access == Access::key) {
    zone.not_asked =
        "gated: needs a key, \"key " + std::string(row.key) + " KEY\" in the configuration file";
  }
  return zone;
}

/// The list of that name, with what the table knows about it. `where` is for Errors.
Expected<Zone> named(std::string_view text, const Keys& keys, std::string_view where) {
  const auto* row = find_row(text);
  auto in_name = row != nullptr ? key_in(*row, text) : std::string_view();
  if (row != nullptr) {
    auto zone = zone_of(*row, keys);
    if (!zone) return zone;
    zone->chosen = true;
    if (in_name.empty()) return zone;
    zone->not_asked.clear();
    auto taken = take_key(*zone, in_name, where);
    if (!taken) return fail(taken.error());
    return zone;
  }
  auto name = dns::Name::parse(text);
  if (!name || name->is_root())
    return fail(Error::Kind::input, where,
                quote(text) + ": not the name of a zone; expected one such as bl.example.org");
  Zone zone;
  zone.name = to_string(name->lowered());
  zone.asked = std::move(*name);
  zone.chosen = true;
  return zone;
}

Expected<Zone> parse_line(std::span<const Word> words, const Keys& keys, const std::string& where) {
  auto place = [&](const Word& word) { return where + ':' + std::to_string(word.column); };
  auto zone = named(words[0].text, keys, place(words[0]));
  if (!zone) return zone;
  auto rest = words.subspan(1);
  if (rest.empty()) return zone;
  auto first = place(rest[0]);
  if (auto kind = kind_from_string(rest[0].text)) {
    zone->kind = *kind;
    rest = rest.subspan(1);
  }
  auto codes = parse_codes(texts_of(rest));
  if (!codes) return fail(Error::Kind::input, first, codes.error().message);
  if (!codes->empty()) zone->codes = std::move(*codes);
  return zone;
}

Expected<void> add(std::vector<Zone>& zones, Zone zone, const std::string& where) {
  if (std::ranges::find(zones, zone.name, &Zone::name) != zones.end())
    return fail(Error::Kind::input, where, zone.name + " is named twice");
  if (zones.size() == limits::kBlockLists)
    return fail(Error::Kind::input, where,
                "more than " + std::to_string(limits::kBlockLists) + " lists");
  zones.push_back(std::move(zone));
  return {};
}

}  // namespace

Expected<std::vector<Zone>> parse_zones(std::string_view text, std::string_view file,
                                        const Keys& keys) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<Zone> zones;
  std::size_t number = 0;
  for (auto line : ascii::split(text, '\n')) {
    auto where = std::string(file) + ':' + std::to_string(++number);
    auto words = words_of(line);
    if (words.empty()) continue;
    auto zone = parse_line(words, keys, where);
    if (!zone) return fail(zone.error());
    if (auto added = add(zones, std::move(*zone), where + ":1"); !added) return fail(added.error());
  }
  if (zones.empty()) return fail(Error::Kind::input, file, "names no list; expected a zone a line");
  return zones;
}

Expected<std::vector<Zone>> known_zones(const Keys& keys) {
  std::vector<Zone> zones;
  for (const auto& row : all()) {
    if (!row.closed.empty()) continue;
    auto zone = zone_of(row, keys);
    if (!zone) return fail(zone.error());
    zones.push_back(std::move(*zone));
  }
  return zones;
}

Expected<std::vector<Zone>> choose(const std::vector<std::string>& names,
                                   const std::vector<Zone>& zones, const Keys& keys) {
  std::vector<Zone> chosen;
  for (const auto& name : names) {
    auto zone = named(name, keys, "--zones");
    if (!zone) return fail(zone.error());
    auto known = std::ranges::find(zones, zone->name, &Zone::name);
    if (known != zones.end() && zone->secret.empty()) *zone = *known;
    zone->chosen = true;
    if (auto added = add(chosen, std::move(*zone), "--zones"); !added) return fail(added.error());
  }
  return chosen;
}

}  // namespace mailtrust::dnsbl
