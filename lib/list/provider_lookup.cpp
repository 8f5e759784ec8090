#include "list/provider_lookup.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "store/cache.hpp"
#include "store/file.hpp"

namespace mailtrust::list {
namespace {

constexpr std::string_view kCacheKind = "provider-ranges";

// All first questions are under way before the first answer is waited for.
void prefetch(dns::Resolver& resolver, const std::vector<ProviderName>& names) {
  std::vector<dns::Question> questions;
  for (const auto& name : names)
    if (auto domain = dns::Name::read(name.name)) questions.push_back({*domain, dns::Type::txt});
  resolver.prefetch(questions);
}

ProviderRecord not_asked(const ProviderName& name) {
  return {std::string(name.name), std::string(name.provider), 0, {}, "not looked up yet"};
}

Expected<std::vector<store::Cached>> read_cache(const std::string& path) {
  if (path.empty()) return std::vector<store::Cached>{};
  auto presence = store::look_for(path);
  if (!presence) return fail(presence.error());
  if (*presence == store::Presence::missing) return std::vector<store::Cached>{};
  auto cache = store::Cache::open(path, store::Access::read);
  if (!cache) return fail(cache.error());
  return cache->all(kCacheKind);
}

Expected<void> write_cache(const std::string& path, const std::vector<store::Cached>& values) {
  auto cache = store::Cache::open(path, store::Access::write);
  if (!cache) return fail(cache.error());
  return cache->put(kCacheKind, values);
}

// Nothing when the cache does not hold it, or for too long already.
std::optional<ProviderRecord> find(const std::vector<store::Cached>& cache,
                                   const ProviderName& name, std::int64_t now) {
  auto found = std::ranges::find(cache, name.name, &store::Cached::key);
  if (found == cache.end()) return std::nullopt;
  bool fresh = found->fetched <= now && now - found->fetched < kProviderCacheSeconds;
  auto blocks = blocks_from_text(found->value);
  if (!fresh || !blocks) return std::nullopt;
  return ProviderRecord{
      std::string(name.name), std::string(name.provider), found->fetched, std::move(*blocks), {}};
}

std::vector<ProviderRecord> ask(dns::Resolver& resolver, const std::vector<ProviderName>& names,
                                std::int64_t now) {
  prefetch(resolver, names);
  std::vector<ProviderRecord> records;
  records.reserve(names.size());
  for (const auto& name : names) records.push_back(resolve(resolver, name, now));
  return records;
}

bool has_addresses(const ProviderRecord& record) {
  return !record.blocks.empty();
}

// What is worth keeping: a record that is not there today may be a resolver that hides it.
std::vector<store::Cached> cacheable(const std::vector<ProviderRecord>& records) {
  std::vector<store::Cached> values;
  for (const auto& record : records)
    if (record.unknown.empty() && has_addresses(record))
      values.push_back({record.name, record.as_of, record.as_of + kProviderCacheSeconds,
                        to_text(record.blocks)});
  return values;
}

}  // namespace

ProviderLookup look_up_providers(const ProviderSources& sources) {
  ProviderLookup lookup;
  auto store = sources.closed_world ? std::string() : sources.store;
  auto cache = read_cache(store);
  if (!cache) lookup.cache_trouble = cache.error();
  std::vector<ProviderRecord> records;
  std::vector<ProviderName> missing;
  for (const auto& name : provider_names()) {
    auto record = cache ? find(*cache, name, sources.now) : std::nullopt;
    if (record)
      records.push_back(std::move(*record));
    else if (sources.resolver != nullptr)
      missing.push_back(name);
    else
      records.push_back(not_asked(name));
  }
  if (!missing.empty()) {
    auto asked = ask(*sources.resolver, missing, sources.now);
    auto values = cacheable(asked);
    bool keep = cache && !store.empty() && !values.empty();
    auto kept = keep ? write_cache(store, values) : Expected<void>{};
    if (!kept) lookup.cache_trouble = kept.error();
    std::ranges::move(asked, std::back_inserter(records));
  }
  if (!sources.closed_world && std::ranges::none_of(records, has_addresses))
    for (auto& record : records)
      if (record.unknown.empty())
        record.unknown = "no provider has a record; is this the Internet?";
  lookup.ranges = ProviderRanges(std::move(records));
  return lookup;
}

}  // namespace mailtrust::list
