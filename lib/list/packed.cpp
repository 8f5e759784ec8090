#include "list/packed.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace mailtrust::list {
namespace {

constexpr unsigned kDigit = 11;  // bits sorted by at once; three times are enough for 32
constexpr std::size_t kWorthRadix = 1U << 12;

template <typename T>
void sort_by_comparing(std::vector<T>& items) {
  std::ranges::sort(items, [](const auto& a, const auto& b) { return comes_before(a, b); });
}

void scatter(const std::vector<PackedV4>& from, std::vector<PackedV4>& to, unsigned shift) {
  auto digit = [shift](const PackedV4& block) {
    return (block.first >> shift) & ((1U << kDigit) - 1);
  };
  std::array<std::size_t, 1U << kDigit> places{};
  for (const auto& block : from) ++places[digit(block)];
  std::size_t next = 0;
  for (auto& place : places) next += std::exchange(place, next);
  for (const auto& block : from) to[places[digit(block)]++] = block;
}

// Blocks that begin alike, which the radix sort leaves in the order of their lines.
void sort_runs(std::vector<PackedV4>& blocks) {
  for (auto run = blocks.begin(); run != blocks.end();) {
    auto end = run + 1;
    while (end != blocks.end() && end->first == run->first) ++end;
    if (end - run > 1)
      std::sort(run, end, [](const auto& a, const auto& b) { return comes_before(a, b); });
    run = end;
  }
}

void sort_by_digits(std::vector<PackedV4>& blocks) {
  std::vector<PackedV4> other(blocks.size());
  for (unsigned shift = 0; shift < 32; shift += kDigit) {
    scatter(blocks, other, shift);
    blocks.swap(other);
  }
  sort_runs(blocks);
}

}  // namespace

PackedName NamePacker::operator()(std::string_view name, std::uint32_t line) const {
  auto at = name.rfind('@');
  auto domain = at == std::string_view::npos ? name : name.substr(at + 1);
  PackedName packed;
  packed.domain = domain_(domain);
  packed.domain_more = static_cast<std::uint32_t>(more_(domain));
  if (at != std::string_view::npos)
    packed.local_part = std::max<std::uint64_t>(local_part_(name.substr(0, at)), 1);
  packed.line = line;
  return packed;
}

bool comes_before(const PackedName& a, const PackedName& b) {
  return std::tie(a.domain, a.domain_more, a.local_part, a.line) <
         std::tie(b.domain, b.domain_more, b.local_part, b.line);
}

void Packed::add(const Block& block, std::uint32_t line) {
  if (block.family == net::Family::v4)
    v4.push_back(
        {static_cast<std::uint32_t>(block.first), static_cast<std::uint32_t>(block.last), line});
  else
    v6.push_back({block.first, block.last, line});
}

void Packed::sort() {
  auto in_order = [](const auto& a, const auto& b) { return comes_before(a, b); };
  if (v4.size() < kWorthRadix)
    sort_by_comparing(v4);
  else if (!std::ranges::is_sorted(v4, in_order))
    sort_by_digits(v4);
  sort_by_comparing(v6);
  sort_by_comparing(names);
}

}  // namespace mailtrust::list
