#include "list/opponents.hpp"

#include <algorithm>

namespace mailtrust::list {
namespace {

using Visit = std::function<void(const Contradiction&)>;

// Going along both in order: of the others that begin no later, the one that ends last is around
// the beginning of a block if any is; else the next one may begin inside the block.
template <typename T>
void sweep(const std::vector<PackedBlock<T>>& own, const std::vector<PackedBlock<T>>& others,
           net::Family family, const Visit& visit) {
  std::size_t next = 0;
  const PackedBlock<T>* reach = nullptr;
  for (const auto& block : own) {
    for (; next < others.size() && others[next].first <= block.first; ++next)
      if (reach == nullptr || others[next].last > reach->last) reach = &others[next];
    const PackedBlock<T>* found = nullptr;
    if (reach != nullptr && reach->last >= block.first)
      found = reach;
    else if (next < others.size() && others[next].first <= block.last)
      found = &others[next];
    if (found != nullptr)
      visit({block.line, found->line, Block{family, found->first, found->last}});
  }
}

// What says something about the name: its domain, of a domain anything in it, the same name.
const PackedName* find_overlap(const std::vector<PackedName>& others, const PackedName& name) {
  auto from = [&](PackedName key) {
    key.line = 0;
    return std::ranges::lower_bound(
        others, key, [](const auto& a, const auto& b) { return comes_before(a, b); });
  };
  auto domain = name;
  domain.local_part = 0;
  auto first = from(domain);
  if (first == others.end() || !first->same_domain(name)) return nullptr;
  if (name.is_domain() || first->is_domain()) return &*first;
  auto same = from(name);
  return same != others.end() && same->same_name(name) ? &*same : nullptr;
}

void sweep(const std::vector<PackedName>& own, const std::vector<PackedName>& others,
           const Visit& visit) {
  for (const auto& name : own)
    if (const auto* found = find_overlap(others, name)) visit({name.line, found->line, {}});
}

}  // namespace

Expected<Opponents> Opponents::read(const Origin& origin, const Reading& reading,
                                    const NamePacker& pack) {
  Opponents opponents(origin.name);
  auto tally = read_members(origin, reading, [&](const Member& member) {
    auto line = static_cast<std::uint32_t>(std::min(member.line, kMostLines));
    if (member.entry.has_block())
      opponents.packed_.add(member.entry.block, line);
    else
      opponents.packed_.names.push_back(pack(member.entry.name, line));
  });
  if (!tally) return fail(tally.error());
  if (tally->faults > 0)
    return fail(Error::Kind::input, origin.name,
                "cannot be compared with: it has lines in error; mend them first");
  opponents.packed_.sort();
  return opponents;
}

std::string Opponents::place_of(std::uint32_t line) const {
  return line == 0 ? name_ : name_ + ", line " + std::to_string(line);
}

void find_contradictions(const Packed& own, const Packed& others, const Visit& visit) {
  sweep(own.v4, others.v4, net::Family::v4, visit);
  sweep(own.v6, others.v6, net::Family::v6, visit);
  sweep(own.names, others.names, visit);
}

}  // namespace mailtrust::list
