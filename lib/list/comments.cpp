#include "list/comments.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <unordered_set>

namespace mailtrust::list {
namespace {

// Cut between characters.
void cut(std::string& text) {
  constexpr std::string_view kCut = "...";
  if (text.size() <= kJoinedComments) return;
  auto size = kJoinedComments - kCut.size();
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80) --size;
  text.resize(size);
  text += kCut;
}

template <typename Item>
std::string joined(std::span<const Item> items, const Block& block) {
  std::string out;
  std::unordered_set<std::string_view> seen;
  for (const auto& item : items) {
    if (out.size() > kJoinedComments) break;
    if (!item.block.overlaps(block) || item.comment.empty()) continue;
    if (!seen.insert(item.comment).second) continue;
    if (!out.empty()) out += kCommentSeparator;
    out += item.comment;
  }
  cut(out);
  return out;
}

}  // namespace

void Commented::add(const Block& block, std::string_view comment) {
  items_.push_back({block, std::string(comment)});
}

void Commented::each(bool ranges,
                     const std::function<void(const Block&, const std::string&)>& visit) {
  std::ranges::stable_sort(items_, {}, &Item::block);
  Blocks blocks;
  for (const auto& item : items_) blocks.add(item.block);
  std::size_t begin = 0;
  each_range(blocks.take(), [&](const Block& range) {
    auto end = begin;
    while (end < items_.size() && range.contains(items_[end].block)) ++end;
    auto inside = std::span<const Item>(items_).subspan(begin, end - begin);
    auto tell = [&](const Block& block) { visit(block, joined(inside, block)); };
    if (ranges) {
      tell(range);
    } else {
      each_prefix(range, tell);
    }
    begin = end;
  });
}

}  // namespace mailtrust::list
