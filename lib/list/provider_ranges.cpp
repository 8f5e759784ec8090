#include "list/provider_ranges.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "list/block_text.hpp"
#include "provider/provider.hpp"
#include "spf/partition.hpp"
#include "spf/survey.hpp"

namespace mailtrust::list {
namespace {

constexpr unsigned kHostBitsV6 = 64;  // one customer's network is one sender

bool is_one_host(const Block& block) {
  auto others = block.last - block.first;
  return block.family == net::Family::v4 ? others == 0 : others >> kHostBitsV6 == 0;
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

std::vector<Block> blocks_of(const net::PrefixSet& set) {
  std::vector<Block> blocks;
  for (const auto& range : set.ranges())
    blocks.push_back({range.first.family(), net::value_of(range.first), net::value_of(range.last)});
  return blocks;
}

// The first thing DNS left open.
std::string unknown_in(const spf::Survey& survey) {
  for (const auto& node : survey.nodes) {
    if (node.status == spf::RecordStatus::undetermined) return node.unknown_reason;
    for (const auto& term : node.terms)
      if (term.unknown_v4 || term.unknown_v6) return term.unknown_reason;
  }
  return "its SPF record leads too far";
}

}  // namespace

ProviderRanges::ProviderRanges(std::vector<ProviderRecord> records) : records_(std::move(records)) {
  for (std::size_t i = 0; i < records_.size(); ++i)
    for (const auto& block : records_[i].blocks) ranges_.push_back({block, i, block});
  std::ranges::sort(ranges_, {}, &Range::block);
  for (std::size_t i = 1; i < ranges_.size(); ++i) {
    const auto& before = ranges_[i - 1].reach;
    auto& reach = ranges_[i].reach;
    if (before.family == reach.family && before.last > reach.last) reach = before;
  }
}

std::optional<ProviderHit> ProviderRanges::find(const Block& block) const {
  Block end{block.family, block.last, block.last};
  auto at = std::ranges::upper_bound(ranges_, end, {}, &Range::block);
  std::vector<const Range*> found;
  for (; at != ranges_.begin(); --at) {
    const auto& range = *std::prev(at);
    if (range.reach.family != block.family || range.reach.last < block.first) break;
    if (range.block.overlaps(block)) found.push_back(&range);
  }
  if (found.empty()) return std::nullopt;
  std::ranges::reverse(found);
  std::stable_partition(found.begin(), found.end(),
                        [&](const Range* range) { return block.contains(range->block); });
  ProviderHit hit{{}, found.front()->block, block.contains(found.front()->block)};
  for (const auto* range : found) add_once(hit.providers, records_[range->record].provider);
  return hit;
}

std::vector<const ProviderRecord*> ProviderRanges::unknown() const {
  std::vector<const ProviderRecord*> found;
  for (const auto& record : records_)
    if (!record.unknown.empty()) found.push_back(&record);
  return found;
}

std::vector<ProviderName> provider_names() {
  std::vector<ProviderName> names;
  for (const auto& row : provider::all()) {
    if (row.spf.empty() || row.has(provider::kUnlistable)) continue;
    for (auto name : ascii::split(row.spf, ' ')) {
      bool known = std::ranges::find(names, name, &ProviderName::name) != names.end();
      if (!known && name.find('{') == std::string_view::npos) names.push_back({name, row.name});
    }
  }
  return names;
}

ProviderRecord resolve(dns::Resolver& resolver, const ProviderName& name, std::int64_t now) {
  ProviderRecord record{std::string(name.name), std::string(name.provider), now, {}, {}};
  auto domain = dns::Name::read(name.name);
  if (!domain) return record;
  auto survey = spf::survey(resolver, *domain);
  if (survey.undetermined()) record.unknown = unknown_in(survey);
  record.blocks = blocks_of(spf::authorized(survey).front());
  return record;
}

bool is_careless(const Block& block, const ProviderHit& hit) {
  return hit.covers || !is_one_host(block);
}

std::string describe(const ProviderHit& hit) {
  auto text = (hit.covers ? "covers " : "is inside ") + to_string(hit.range) + " of " +
              hit.providers.front();
  auto more = hit.providers.size() - 1;
  if (more > 0)
    text += ", and ranges of " + (more == 1 ? "another" : std::to_string(more) + " more");
  return text;
}

std::string to_text(const std::vector<Block>& blocks) {
  std::string text;
  for (const auto& block : blocks) text += to_string(block) + '\n';
  return text;
}

std::optional<std::vector<Block>> blocks_from_text(std::string_view text) {
  std::vector<Block> blocks;
  while (!text.empty()) {
    auto end = text.find('\n');
    auto block = read_block_text(text.substr(0, end));
    if (!block || end == std::string_view::npos) return std::nullopt;
    blocks.push_back(block->block);
    text.remove_prefix(end + 1);
  }
  return blocks;
}

}  // namespace mailtrust::list
