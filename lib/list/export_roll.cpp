#include "list/export_roll.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "net/prefix_set.hpp"

namespace mailtrust::list {
namespace {

// Of blocks that nest the inner one ends first, or begins last.
bool is_inner_first(const Roll::Item& a, const Roll::Item& b) {
  if (a.block.family != b.block.family) return a.block.family < b.block.family;
  if (a.block.last != b.block.last) return a.block.last < b.block.last;
  if (a.block.first != b.block.first) return a.block.first > b.block.first;
  return a.offset < b.offset;
}

bool is_wide_first(const Roll::Item& a, const Roll::Item& b) {
  return a.block == b.block ? a.offset < b.offset : a.block < b.block;
}

bool is_range(const Roll::Item& item) {
  return item.block.prefix_length() < 0;
}

}  // namespace

void Roll::add(const Block& block, std::string_view comment) {
  items_.push_back(item(block, comment));
  ++added_;
}

Roll::Item Roll::item(const Block& block, std::string_view comment) {
  auto offset = comments_.size();
  comments_ += comment;
  return {block, offset, static_cast<std::uint32_t>(comment.size())};
}

void Roll::append_parts(std::vector<Item>& out, const Item& range, bool name_range) {
  net::Range whole{net::address_of(range.block.family, range.block.first),
                   net::address_of(range.block.family, range.block.last)};
  auto part = range;
  if (name_range) {
    auto text = to_string(range.block);
    if (range.size > 0) text.append(": ").append(comment(range));
    part = item(range.block, text);
  }
  for (const auto& prefix : net::PrefixSet::of(std::span(&whole, 1)).prefixes()) {
    part.block = block_of(prefix);
    out.push_back(part);
  }
}

void Roll::make_first_match(bool name_ranges) {
  std::vector<Item> parts;
  for (const auto& each : items_)
    if (is_range(each)) append_parts(parts, each, name_ranges);
  std::erase_if(items_, is_range);
  items_.insert(items_.end(), parts.begin(), parts.end());
  std::ranges::sort(items_, is_inner_first);
  auto same = [](const Item& a, const Item& b) { return a.block == b.block; };
  items_.erase(std::unique(items_.begin(), items_.end(), same), items_.end());
}

void Roll::make_disjoint() {
  std::ranges::sort(items_, is_wide_first);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (kept == 0 || !items_[kept - 1].block.overlaps(items_[i].block)) {
      items_[kept++] = items_[i];
    } else if (!items_[kept - 1].block.contains(items_[i].block)) {
      join(items_[kept - 1], items_[i]);
    }
  }
  items_.resize(kept);
}

void Roll::join(Item& into, const Item& other) {
  into.block.last = other.block.last;
  std::string both(comment(into));
  auto more = comment(other);
  if (more.empty() || more == both) return;
  if (!both.empty()) both += "; ";
  both += more;
  auto joined = item(into.block, both);
  into.offset = joined.offset;
  into.size = joined.size;
}

void Roll::split_ranges() {
  if (std::ranges::none_of(items_, is_range)) return;
  std::vector<Item> parts;
  parts.reserve(items_.size());
  for (const auto& each : items_) append_parts(parts, each, false);
  items_ = std::move(parts);
}

}  // namespace mailtrust::list
