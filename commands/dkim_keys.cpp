#include "commands/dkim_keys.hpp"

#include <cstdint>

#include "base/base64.hpp"
#include "dkim/lint.hpp"
#include "provider/provider.hpp"

namespace mailtrust::commands {
namespace {

using dkim::Presence;

cli::Value found_value(Presence presence) {
  if (presence == Presence::unknown) return {};
  return presence == Presence::found;
}

std::string state_of(const dkim::KeyLookup& lookup) {
  if (lookup.presence == Presence::unknown) return "could not tell";
  if (lookup.dangling()) return "CNAME leads nowhere";
  if (lookup.presence == Presence::absent) return "missing";
  if (dkim::revokes(lookup)) return "revoked";
  if (!dkim::is_usable(lookup)) return "broken";
  return lookup.record()->testing() ? "testing" : "good";
}

// Who holds the key, as the target of the CNAME tells.
cli::Value host_of(const dkim::KeyLookup& lookup) {
  for (const auto& alias : lookup.aliases) {
    auto found = provider::by_dkim_target(to_string(alias));
    if (found.empty()) continue;
    return (found[0].probably ? "probably " : "") + std::string(found[0].provider->name);
  }
  return {};
}

cli::Value names(const std::vector<dns::Name>& list) {
  cli::Value::Array array;
  for (const auto& name : list) array.emplace_back(to_string(name));
  return array;
}

// What only a record can tell; null without one.
void add_record(cli::Value::Object& key, const dkim::KeyRecord* record) {
  const auto* parsed = record != nullptr && record->key ? &*record->key : nullptr;
  auto none = cli::Value();
  key.emplace_back("type", parsed != nullptr   ? cli::Value(to_string(parsed->type))
                           : record != nullptr ? cli::Value(record->key_type)
                                               : none);
  key.emplace_back("bits", parsed != nullptr ? cli::Value(parsed->bits) : none);
  bool has_exponent = parsed != nullptr && parsed->exponent_value.value_or(~0ULL) <= INT64_MAX;
  key.emplace_back("exponent", has_exponent ? cli::Value(*parsed->exponent_value) : none);
  key.emplace_back("testing", record != nullptr ? cli::Value(record->testing()) : none);
  key.emplace_back("revoked", record != nullptr ? cli::Value(record->revoked) : none);
  key.emplace_back("record", record != nullptr ? cli::Value(record->text) : none);
}

}  // namespace

cli::Value keys_value(std::span<const dkim::KeyLookup> lookups,
                      const dkim::PublicKey* private_half) {
  cli::Value::Array keys;
  for (const auto& lookup : lookups) {
    cli::Value::Object key;
    key.emplace_back("selector", lookup.selector);
    key.emplace_back("name", to_string(lookup.name));
    key.emplace_back("found", found_value(lookup.presence));
    key.emplace_back("state", state_of(lookup));
    add_record(key, lookup.record());
    key.emplace_back("cname", names(lookup.aliases));
    key.emplace_back("provider", host_of(lookup));
    if (private_half != nullptr) {
      auto same = matches(lookup, *private_half);
      key.emplace_back("matches", same ? cli::Value(*same) : cli::Value());
    }
    keys.emplace_back(std::move(key));
  }
  return keys;
}

cli::Style keys_style(bool compared) {
  std::vector<std::string> columns = {"selector", "state", "type", "bits", "provider:held by"};
  if (compared) columns.emplace_back("matches:is this key");
  return {.kind = cli::Style::Kind::table, .label = "keys", .columns = std::move(columns)};
}

std::optional<bool> matches(const dkim::KeyLookup& lookup, const dkim::PublicKey& key) {
  std::optional<bool> same;
  for (const auto& parsed : lookup.keys) {
    if (!parsed.record.key) continue;
    if (parsed.record.key->identity == key.identity) return true;
    same = false;
  }
  return same;
}

std::string published_text(const dkim::PublicKey& key) {
  return "v=DKIM1; k=" + std::string(to_string(key.type)) +
         "; p=" + encode_base64(dkim::key_data(key));
}

}  // namespace mailtrust::commands
