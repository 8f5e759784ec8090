// The long story of every finding: one file per area, joined here.
#include <algorithm>
#include <array>

#include "finding/areas.hpp"
#include "finding/finding.hpp"

namespace mailtrust::finding {
namespace {

template <std::size_t... N>
constexpr auto join(const std::array<Entry, N>&... areas) {
  std::array<Entry, (N + ...)> all{};
  auto* at = all.data();
  ((at = std::ranges::copy(areas, at).out), ...);
  std::ranges::sort(all, {}, &Entry::id);
  return all;
}

constexpr auto kEntries = join(kAbuse, kBounce, kComplaint, kDkim, kDmarc, kIp, kList, kMx,
                               kReceived, kReport, kSpf, kSpfResult, kSpfTree, kVerify);

static_assert(std::ranges::equal(kEntries, kIds, {}, &Entry::id),
              "finding/ids.hpp and the texts must name the same ids, each once, ids.hpp sorted");

}  // namespace

std::span<const Entry> catalogue() {
  return kEntries;
}

}  // namespace mailtrust::finding
