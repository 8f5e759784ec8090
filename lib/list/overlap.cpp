#include "list/overlap.hpp"

namespace mailtrust::list {
namespace {

using Visit = std::function<void(const Overlap&)>;

// What begins before a block, or with it and is wider, stands before it. So it is inside another if
// it ends no later than the one that ends last of those.
template <typename T>
void sweep(const std::vector<PackedBlock<T>>& blocks, net::Family family, const Visit& visit) {
  const PackedBlock<T>* previous = nullptr;
  const PackedBlock<T>* widest = nullptr;
  for (const auto& block : blocks) {
    bool again =
        previous != nullptr && block.first == previous->first && block.last == previous->last;
    if (again) {
      visit({true, block.line, previous->line, {}});
      continue;
    }
    if (widest != nullptr && block.last <= widest->last)
      visit({false, block.line, widest->line, Block{family, widest->first, widest->last}});
    else
      widest = &block;
    previous = &block;
  }
}

void sweep(const std::vector<PackedName>& names, const Visit& visit) {
  const PackedName* previous = nullptr;
  const PackedName* domain = nullptr;
  for (const auto& name : names) {
    if (previous != nullptr && name.same_name(*previous)) {
      visit({true, name.line, previous->line, {}});
      continue;
    }
    if (name.is_domain())
      domain = &name;
    else if (domain != nullptr && name.same_domain(*domain))
      visit({false, name.line, domain->line, {}});
    previous = &name;
  }
}

}  // namespace

void find_overlaps(const Packed& packed, const Visit& visit) {
  sweep(packed.v4, net::Family::v4, visit);
  sweep(packed.v6, net::Family::v6, visit);
  sweep(packed.names, visit);
}

}  // namespace mailtrust::list
