#include "list/entry_index.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

namespace mailtrust::list {
namespace {

net::Uint128 masked(const Block& address, unsigned length) {
  auto host_bits = width(address.family) - length;
  if (host_bits >= 128) return 0;
  return address.first >> host_bits << host_bits;
}

}  // namespace

std::size_t EntryIndex::Hash::operator()(const Key& key) const {
  std::array<char, sizeof(net::Uint128) + 2> octets{};
  std::memcpy(octets.data(), &key.first, sizeof(net::Uint128));
  octets[sizeof(net::Uint128)] = static_cast<char>(key.length);
  octets[sizeof(net::Uint128) + 1] = key.family == net::Family::v4 ? '4' : '6';
  return hash({octets.data(), octets.size()});
}

void EntryIndex::add(const Entry& entry, std::string_view comment) {
  auto place = remarks_.size();
  bool added = true;
  if (!entry.has_block()) {
    auto name = entry.kind == Kind::domain ? '@' + entry.name : entry.name;
    added = names_.try_emplace(std::move(name), place).second;
  } else if (auto length = entry.block.prefix_length(); length >= 0) {
    auto bits = static_cast<unsigned>(length);
    added = prefixes_.try_emplace({entry.block.family, entry.block.first, bits}, place).second;
    lengths_[static_cast<std::size_t>(entry.block.family)].set(bits);
  } else {
    ranges_.push_back(place);
  }
  if (added) remarks_.push_back({entry, std::string(comment)});
}

void EntryIndex::finish() {
  auto block = [this](std::size_t place) -> const Block& { return remarks_[place].entry.block; };
  std::ranges::stable_sort(ranges_, {}, block);
  reaches_.clear();
  for (auto place : ranges_) {
    const auto& reach = block(place);
    bool further = reaches_.empty() || reaches_.back().family != reach.family ||
                   reaches_.back().last < reach.last;
    reaches_.push_back(further ? reach : reaches_.back());
  }
}

std::vector<const Remark*> EntryIndex::find(const Block& address, std::string_view mailbox) const {
  std::vector<const Remark*> found;
  find_prefixes(address, found);
  find_ranges(address, found);
  auto at = mailbox.rfind('@');
  if (at == std::string_view::npos) return found;
  for (auto name : {mailbox, mailbox.substr(at)})
    if (auto place = names_.find(std::string(name)); place != names_.end())
      found.push_back(&remarks_[place->second]);
  return found;
}

void EntryIndex::find_prefixes(const Block& address, std::vector<const Remark*>& found) const {
  const auto& lengths = lengths_[static_cast<std::size_t>(address.family)];
  for (unsigned length = 0; length < kLengths; ++length) {
    if (!lengths[length]) continue;
    auto place = prefixes_.find({address.family, masked(address, length), length});
    if (place != prefixes_.end()) found.push_back(&remarks_[place->second]);
  }
}

void EntryIndex::find_ranges(const Block& address, std::vector<const Remark*>& found) const {
  auto begins_after = [&](std::size_t place) { return remarks_[place].entry.block > address; };
  auto end = std::ranges::partition_point(ranges_, std::not_fn(begins_after));
  auto at = static_cast<std::size_t>(end - ranges_.begin());
  while (at-- > 0 && reaches_[at].family == address.family && address.last <= reaches_[at].last) {
    const auto& remark = remarks_[ranges_[at]];
    if (remark.entry.block.contains(address)) found.push_back(&remark);
  }
}

}  // namespace mailtrust::list
