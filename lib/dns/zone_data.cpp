#include "dns/zone_data.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "base/ascii.hpp"

namespace mailtrust::dns {
namespace {

// A name's key, without touching the heap: a lookup makes one or two of them.
class Key {
 public:
  explicit Key(const Name& name) : size_(name.wire().size()) {
    std::ranges::transform(name.wire(), octets_.begin(), ascii::lower);
  }

  [[nodiscard]] std::string_view view() const { return {octets_.data(), size_}; }

 private:
  std::array<char, kMaxName> octets_;
  std::size_t size_;
};

// The root's key is its own parent.
std::string_view parent(std::string_view wire) {
  return wire.substr(wire.size() == 1 ? 0 : static_cast<unsigned char>(wire[0]) + 1U);
}

AnswerPtr find_type(const std::map<Type, std::shared_ptr<Answer>>& sets, Type type) {
  auto found = sets.find(type);
  return found == sets.end() ? nullptr : found->second;
}

void collapse(std::vector<Record>& records) {
  if (records.size() < 2) return;
  // A copied string may move its octets, so what was seen is held apart from the records.
  std::unordered_set<std::string> seen;
  std::erase_if(records, [&](const Record& record) { return !seen.insert(record.data).second; });
}

}  // namespace

void ZoneData::add(Record record) {
  auto& answer = node(Key(record.owner).view())[record.type];
  if (!answer) {
    answer = std::make_shared<Answer>();
    answer->status = Status::found;
    answer->failure = Failure::none;
    answer->canonical = record.owner;
    answer->ttl = record.ttl;
  }
  answer->ttl = std::min(answer->ttl, record.ttl);  // RFC 2181 section 5.2
  answer->records.push_back(std::move(record));
}

void ZoneData::add(const ZoneFault& fault) {
  Key key(fault.name);
  if (fault.status != Status::nxdomain) node(key.view());
  auto answer = std::make_shared<Answer>();
  answer->status = fault.status;
  answer->failure = fault.failure;
  answer->ttl = fault.status == Status::failed ? 0 : kDefaultTtl;
  answer->canonical = fault.name;
  faults_[std::string(key.view())][fault.type] = std::move(answer);
}

void ZoneData::seal() {
  for (auto& [wire, sets] : nodes_)
    for (auto& [type, answer] : sets) collapse(answer->records);
}

// Every ancestor of a name exists (RFC 4592 section 2.2.2); one that is known has its own already.
ZoneData::Sets& ZoneData::node(std::string_view wire) {
  auto [place, is_new] = nodes_.try_emplace(std::string(wire));
  for (auto up = parent(wire); is_new && up.size() < wire.size(); wire = up, up = parent(up))
    is_new = nodes_.try_emplace(std::string(up)).second;
  return place->second;
}

const ZoneData::Sets* ZoneData::find(std::string_view wire) const {
  auto found = nodes_.find(wire);
  return found == nodes_.end() ? nullptr : &found->second;
}

AnswerPtr ZoneData::fault(std::string_view wire, Type type) const {
  if (faults_.empty()) return nullptr;
  auto found = faults_.find(wire);
  if (found == faults_.end()) return nullptr;
  auto answer = find_type(found->second, type);
  return answer ? answer : find_type(found->second, Type::any);
}

std::vector<Name> ZoneData::owners(Type type) const {
  std::vector<Name> names;
  for (const auto& [wire, sets] : nodes_)
    if (find_type(sets, type)) names.push_back(*Name::from_wire(wire));
  std::ranges::sort(names);
  return names;
}

AnswerPtr ZoneData::exact(const Question& question) const {
  Key key(question.name);
  if (auto answer = fault(key.view(), question.type)) return answer;
  const auto* sets = find(key.view());
  return sets == nullptr ? nullptr : find_type(*sets, question.type);
}

// Fills the match from the node of this name, if there is one.
bool ZoneData::take(Match& match, std::string_view wire, Type type) const {
  match.answer = fault(wire, type);
  const auto* sets = find(wire);
  match.exists = sets != nullptr;
  if (match.answer || sets == nullptr) return match.answer || sets != nullptr;
  match.answer = find_type(*sets, type);
  if (!match.answer) match.alias = find_type(*sets, Type::cname);
  return true;
}

ZoneData::Match ZoneData::match(const Question& question) const {
  Match match;
  Key key(question.name);
  auto wire = key.view();
  if (take(match, wire, question.type)) return match;

  auto encloser = parent(wire);
  const auto* sets = find(encloser);
  for (; sets == nullptr && encloser.size() > 1; sets = find(encloser)) encloser = parent(encloser);
  if (sets == nullptr) return match;

  // RFC 6672 section 3.2: a DNAME speaks for everything below its owner.
  match.dname = find_type(*sets, Type::dname);
  if (match.dname) return match;
  match.is_wildcard = take(match, "\1*" + std::string(encloser), question.type);
  return match;
}

}  // namespace mailtrust::dns
