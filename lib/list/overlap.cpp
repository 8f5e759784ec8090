#include "list/overlap.hpp"

namespace mailtrust::list {
namespace {

using Visit = std::function<void(const Overlap&)>;

// What begins before a block, or with it and is wider, stands before it. So a block is inside
// another if it ends no later than the one that ends last of those. The narrowest around it is the
// last one that has not ended, unless ranges cross.
template <typename T>
class Sweep {
 public:
  Sweep(net::Family family, const Visit& visit) : family_(family), visit_(visit) {}

  void operator()(const PackedBlock<T>& block) {
    while (!open_.empty() && open_.back()->last < block.first) open_.pop_back();
    if (previous_ != nullptr && block.first == previous_->first && block.last == previous_->last)
      return visit_({true, block.line, previous_->line, {}});
    if (const auto* around = around_of(block))
      visit_({false, block.line, around->line, Block{family_, around->first, around->last}});
    else
      reach_ = &block;
    open_.push_back(&block);
    previous_ = &block;
  }

 private:
  [[nodiscard]] const PackedBlock<T>* around_of(const PackedBlock<T>& block) const {
    if (reach_ == nullptr || reach_->last < block.last) return nullptr;
    return !open_.empty() && open_.back()->last >= block.last ? open_.back() : reach_;
  }

  net::Family family_;
  const Visit& visit_;
  std::vector<const PackedBlock<T>*> open_;
  const PackedBlock<T>* reach_ = nullptr;  // ends last
  const PackedBlock<T>* previous_ = nullptr;
};

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
  Sweep<std::uint32_t> v4(net::Family::v4, visit);
  for (const auto& block : packed.v4) v4(block);
  Sweep<net::Uint128> v6(net::Family::v6, visit);
  for (const auto& block : packed.v6) v6(block);
  sweep(packed.names, visit);
}

}  // namespace mailtrust::list
