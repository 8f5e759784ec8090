#include "dkim/key_lookup.hpp"

#include <algorithm>

#include "base/escape.hpp"
#include "base/text_cache.hpp"

namespace mailtrust::dkim {
namespace {

constexpr std::string_view kCanary = "mailtrust-no-such-selector";

std::vector<dns::Name> alias_targets(const dns::Answer& answer) {
  std::vector<dns::Name> targets;
  for (const auto& alias : answer.aliases)
    if (auto target = dns::decode_name(alias)) targets.push_back(std::move(*target));
  return targets;
}

std::vector<std::string> texts(const KeyLookup& lookup) {
  auto all = lookup.others;
  for (const auto& key : lookup.keys) all.push_back(key.record.text);
  std::ranges::sort(all);
  return all;
}

// A TXT record as a key.
struct Reading {
  bool is_key = false;
  ParsedKey parsed;  // when it is one
};

// Reading a key costs more than verifying a signature by it, and few keys sign most mail.
std::shared_ptr<const Reading> read_once(std::string_view text) {
  constexpr std::size_t kMostTexts = 512;
  constexpr std::size_t kMostOctets = 512U << 10;
  // Never destroyed: OpenSSL, whose objects are in it, may end before it would.
  static auto& readings = *new TextCache<Reading>(kMostTexts, kMostOctets);
  return readings.get(text, [](std::string_view record) {
    bool is_key = is_key_record(record);
    return Reading{is_key, is_key ? parse_key_record(record) : ParsedKey{}};
  });
}

}  // namespace

bool KeyLookup::dangling() const {
  return presence == Presence::absent && !aliases.empty();
}

const KeyRecord* KeyLookup::record() const {
  return keys.size() == 1 ? &keys.front().record : nullptr;
}

Expected<dns::Name> key_name(std::string_view selector, const dns::Name& domain) {
  auto front = dns::Name::parse(selector);
  if (!front || front->is_root())
    return fail(Error::Kind::usage, "",
                quote(selector) + ": not a selector; expected one such as s1 or mail.2026");
  auto key_root = domain.child("_domainkey");
  auto name = key_root ? key_root->prepend(*front) : std::nullopt;
  if (!name)
    return fail(Error::Kind::usage, "",
                quote(selector) + ": too long a selector for " + to_string(domain));
  return *name;
}

KeyLookup look_up(dns::Resolver& resolver, std::string_view selector, const dns::Name& name) {
  KeyLookup lookup;
  lookup.selector = selector;
  lookup.name = name;
  auto txt = resolver.txt(name);
  lookup.answer = txt.answer;
  lookup.aliases = alias_targets(*txt.answer);
  if (txt.status == dns::Status::failed) return lookup;

  for (auto& text : txt.records) {
    auto reading = read_once(text);
    if (reading->is_key) {
      lookup.keys.push_back(reading->parsed);
    } else {
      lookup.others.push_back(std::move(text));
    }
  }
  lookup.presence = lookup.keys.empty() ? Presence::absent : Presence::found;
  return lookup;
}

KeyLookup look_up_canary(dns::Resolver& resolver, const dns::Name& domain) {
  auto name = key_name(kCanary, domain);
  if (name) return look_up(resolver, kCanary, *name);
  // No room for a selector of that length, so nobody can ask for one either.
  KeyLookup none;
  none.presence = Presence::absent;
  none.answer = std::make_shared<dns::Answer>();
  return none;
}

bool revokes(const KeyLookup& lookup) {
  return lookup.record() != nullptr && lookup.record()->revoked;
}

bool is_from_wildcard(const KeyLookup& lookup, const KeyLookup& canary) {
  if (canary.keys.empty() && canary.others.empty()) return false;
  return texts(lookup) == texts(canary);
}

}  // namespace mailtrust::dkim
