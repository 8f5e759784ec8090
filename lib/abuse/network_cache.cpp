#include "abuse/network_cache.hpp"

#include <algorithm>
#include <utility>

#include "abuse/scope.hpp"
#include "store/file.hpp"

namespace mailtrust::abuse {
namespace {

// So many answers are at stake when a run is killed.
constexpr std::size_t kBatch = 500;

// Addresses of nobody that are remembered for a run.
constexpr std::size_t kMostVain = 10'000;

// Longer ones are not worth their place.
constexpr std::size_t kLongest = 256U << 10;

}  // namespace

NetworkCache::NetworkCache(std::string path, std::string kind, std::int64_t now)
    : path_(std::move(path)), kind_(std::move(kind)), now_(now) {}

void NetworkCache::insert(Entry entry) {
  auto first = block_of(entry.range.first);
  auto last = block_of(entry.range.last);
  auto add = [&](const net::Prefix& block) {
    auto& entries = blocks_[block];
    auto same = std::ranges::find(entries, entry.range, &Entry::range);
    if (same == entries.end())
      entries.push_back(entry);
    else
      *same = entry;
  };
  add(first);
  if (last != first) add(last);
}

void NetworkCache::load() {
  if (std::exchange(loaded_, true) || path_.empty()) return;
  read_store();
}

void NetworkCache::read_store() {
  auto presence = store::look_for(path_);
  if (presence && *presence == store::Presence::missing) return;
  if (!presence) {
    trouble_ = presence.error();
    return;
  }
  auto cache = store::Cache::open(path_, store::Access::read);
  auto rows = cache ? cache->all(kind_) : fail(cache.error());
  if (!rows) {
    trouble_ = rows.error();
    return;
  }
  for (auto& row : *rows) {
    auto range = range_from(row.key);
    bool fresh = row.fetched <= now_ && now_ < row.expires.value_or(row.fetched);
    if (range && fresh) insert({*range, row.fetched, nullptr, std::move(row.value)});
  }
}

std::optional<Known> NetworkCache::find(const net::Address& address) {
  std::lock_guard lock(mutex_);
  load();
  auto block = blocks_.find(block_of(address));
  if (block == blocks_.end()) return find_vain(address);
  Entry* best = nullptr;
  for (auto& entry : block->second) {
    if (!holds(entry.range, address)) continue;
    if (best != nullptr && size_of(best->range) <= size_of(entry.range)) continue;
    // A damaged answer is passed over.
    if (!entry.told)
      if (auto told = told_from(entry.text)) entry.told = std::make_shared<Told>(std::move(*told));
    if (entry.told) best = &entry;
  }
  if (best == nullptr) return find_vain(address);
  return Known{best->told, best->range, best->fetched};
}

std::optional<Known> NetworkCache::find_vain(const net::Address& address) const {
  auto vain = vain_.find(address);
  if (vain == vain_.end()) return std::nullopt;
  return Known{vain->second, {address, address}, std::nullopt};
}

void NetworkCache::add(const net::Address& address, const std::shared_ptr<const Told>& told) {
  const auto* finding = narrowest(*told, address);
  std::lock_guard lock(mutex_);
  if (finding == nullptr) {
    if (told->complete && vain_.size() < kMostVain) vain_[address] = told;
    return;
  }
  auto range = scope_of(*finding->registration.network, address);
  load();
  insert({range, std::nullopt, told, {}});
  if (path_.empty() || trouble_ || told->could_not_tell) return;
  auto text = to_text(*told);
  if (text.size() > kLongest) return;
  unsaved_.push_back({to_text(range), now_, now_ + kKeepSeconds, std::move(text)});
  if (unsaved_.size() >= kBatch) write();
}

void NetworkCache::write() {
  auto values = std::exchange(unsaved_, {});
  if (values.empty() || trouble_) return;
  auto cache = store::Cache::open(path_, store::Access::write);
  auto done = cache ? cache->put(kind_, values) : fail(cache.error());
  if (done) done = cache->forget_expired(kind_, now_);
  if (!done) trouble_ = done.error();
}

Expected<void> NetworkCache::save() {
  std::lock_guard lock(mutex_);
  write();
  if (trouble_) return fail(*trouble_);
  return {};
}

}  // namespace mailtrust::abuse
