#include "dns/zone_sets.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <tuple>

#include "base/ascii.hpp"

namespace mailtrust::dns {
namespace {

constexpr std::size_t kBlock = 1U << 20;  // far more than a record can have
constexpr std::uint32_t kNothing = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kFirstSlots = 64;

// The root is its own parent.
std::string_view parent(std::string_view wire) {
  return wire.substr(wire.size() == 1 ? 0 : static_cast<unsigned char>(wire[0]) + 1U);
}

}  // namespace

struct ZoneSets::Row {
  Head head;
  std::string_view owner;
  std::string_view data;
};

const char* ZoneSets::at(Place place) const {
  return blocks_[place / kBlock].get() + place % kBlock;
}

ZoneSets::Place ZoneSets::take(std::size_t size) {
  if (blocks_.empty() || used_ + size > kBlock) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlock));
    used_ = 0;
  }
  auto place = (blocks_.size() - 1) * kBlock + used_;
  used_ += size;
  return static_cast<Place>(place);
}

void ZoneSets::write(Place place, const Head& head) {
  std::memcpy(blocks_[place / kBlock].get() + place % kBlock, &head, sizeof(head));
}

std::string_view ZoneSets::name_at(Place place) const {
  const auto* octets = at(place);
  return {octets + 1, static_cast<unsigned char>(*octets)};
}

ZoneSets::Row ZoneSets::row_at(Place place) const {
  const auto* octets = at(place);
  Row row{};
  std::memcpy(&row.head, octets, sizeof(row.head));
  octets += sizeof(row.head);
  row.owner = {octets, row.head.owner_size};
  row.data = {octets + row.owner.size(), row.head.data_size};
  return row;
}

// Where the name is, or would be.
std::size_t ZoneSets::slot_of(std::string_view wire) const {
  auto slot = hash_(wire) & (slots_.size() - 1);
  while (slots_[slot] != kNothing && name_at(nodes_[slots_[slot]].name) != wire)
    slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

void ZoneSets::grow() {
  auto size = std::max(kFirstSlots, slots_.size() * 2);
  slots_ = {};
  slots_.assign(size, kNothing);
  for (Node node = 0; node < nodes_.size(); ++node)
    slots_[slot_of(name_at(nodes_[node].name))] = node;
}

std::optional<ZoneSets::Node> ZoneSets::find(std::string_view wire) const {
  if (slots_.empty()) return std::nullopt;
  auto node = slots_[slot_of(wire)];
  return node == kNothing ? std::nullopt : std::optional(node);
}

// Nothing when it is there.
std::optional<ZoneSets::Node> ZoneSets::insert(std::string_view wire) {
  if (2 * nodes_.size() >= slots_.size()) grow();
  auto slot = slot_of(wire);
  if (slots_[slot] != kNothing) return std::nullopt;
  auto place = take(1 + wire.size());
  auto* octets = blocks_.back().get() + place % kBlock;
  *octets = static_cast<char>(wire.size());
  std::ranges::copy(wire, octets + 1);
  auto node = static_cast<Node>(nodes_.size());
  nodes_.push_back({place, kNothing, kNothing});
  slots_[slot] = node;
  return node;
}

// One that is known has its ancestors already.
ZoneSets::Node ZoneSets::add_name(std::string_view wire) {
  auto node = insert(wire);
  if (!node) return *find(wire);
  for (auto up = parent(wire); up.size() < wire.size(); wire = up, up = parent(up))
    if (!insert(up)) break;
  return *node;
}

void ZoneSets::add(const Record& record) {
  auto owner = record.owner.wire();
  std::string key(owner);
  std::ranges::transform(owner, key.begin(), ascii::lower);
  auto& named = nodes_[add_name(key)];
  if (key == owner) owner = {};
  auto place = take(sizeof(Head) + owner.size() + record.data.size());
  write(place, {kNothing, record.ttl, record.type, static_cast<std::uint16_t>(record.data.size()),
                static_cast<std::uint16_t>(owner.size()), 0});
  auto* octets = blocks_.back().get() + place % kBlock + sizeof(Head);
  octets = std::ranges::copy(owner, octets).out;
  std::ranges::copy(record.data, octets);
  if (named.first == kNothing) {
    named.first = place;
  } else {
    auto head = row_at(named.last).head;
    head.next = place;
    write(named.last, head);
  }
  named.last = place;
}

void ZoneSets::seal() {
  for (auto& named : nodes_)
    if (named.first != named.last) collapse(named);
}

void ZoneSets::collapse(Named& named) {
  struct Seen {
    Place place;
    Row row;
  };

  std::vector<Seen> rows;
  for (auto place = named.first; place != kNothing; place = rows.back().row.head.next)
    rows.push_back({place, row_at(place)});
  auto what = [](const Seen& seen) { return std::tie(seen.row.head.type, seen.row.data); };
  // Blocks are filled from front to back, so places are in the order of coming.
  std::ranges::sort(rows, [&](const Seen& a, const Seen& b) {
    return std::tuple_cat(what(a), std::tie(a.place)) < std::tuple_cat(what(b), std::tie(b.place));
  });
  std::vector<Seen> kept;
  for (const auto& seen : rows) {
    if (kept.empty() || what(kept.back()) != what(seen))
      kept.push_back(seen);
    else
      kept.back().row.head.ttl = std::min(kept.back().row.head.ttl, seen.row.head.ttl);
  }
  if (kept.size() == rows.size()) return;
  std::ranges::sort(kept, {}, &Seen::place);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    kept[i].row.head.next = i + 1 < kept.size() ? kept[i + 1].place : kNothing;
    write(kept[i].place, kept[i].row.head);
  }
  named.last = kept.back().place;
}

AnswerPtr ZoneSets::answer(Node node, Type type) const {
  const auto& named = nodes_[node];
  std::shared_ptr<Answer> answer;
  for (auto place = named.first; place != kNothing;) {
    auto row = row_at(place);
    place = row.head.next;
    if (row.head.type != type) continue;
    auto owner = *Name::from_wire(row.owner.empty() ? name_at(named.name) : row.owner);
    if (!answer) {
      answer = std::make_shared<Answer>();
      answer->status = Status::found;
      answer->failure = Failure::none;
      answer->canonical = owner;
      answer->ttl = row.head.ttl;
    }
    answer->ttl = std::min(answer->ttl, row.head.ttl);
    answer->records.push_back({std::move(owner), type, row.head.ttl, std::string(row.data)});
  }
  return answer;
}

std::vector<Name> ZoneSets::owners(Type type) const {
  std::vector<Name> names;
  for (const auto& named : nodes_) {
    auto place = named.first;
    while (place != kNothing && row_at(place).head.type != type) place = row_at(place).head.next;
    if (place != kNothing) names.push_back(*Name::from_wire(name_at(named.name)));
  }
  std::ranges::sort(names);
  return names;
}

std::size_t ZoneSets::octets() const {
  return blocks_.size() * kBlock + nodes_.size() * sizeof(Named) + slots_.size() * sizeof(Node);
}

}  // namespace mailtrust::dns
