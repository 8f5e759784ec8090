#include "list/address_index.hpp"

#include <cstddef>
#include <utility>

namespace mailtrust::list {
namespace {

constexpr std::size_t kTops = 1U << 16;

}  // namespace

template <typename T>
AddressIndex::Family<T>::Family(net::IntervalSet<T> set) : ranges_(std::move(set)) {
  if (ranges_.empty()) return;
  constexpr unsigned kShift = sizeof(T) * 8 - 16;
  const auto& ranges = ranges_.intervals();
  begins_.resize(kTops + 1);
  std::size_t at = 0;
  for (std::size_t top = 0; top < kTops; ++top) {
    while (at < ranges.size() && static_cast<std::size_t>(ranges[at].first >> kShift) < top) ++at;
    begins_[top] = static_cast<std::uint32_t>(at);
  }
  begins_[kTops] = static_cast<std::uint32_t>(ranges.size());
}

AddressIndex::AddressIndex(AddressSet set) : v4_(std::move(set.v4)), v6_(std::move(set.v6)) {}

}  // namespace mailtrust::list
