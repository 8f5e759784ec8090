#include "dns/zone_data.hpp"

#include <algorithm>
#include <array>
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

}  // namespace

void ZoneData::add(const Record& record) {
  if (!is_full()) sets_.add(record);
}

void ZoneData::add(const ZoneFault& fault) {
  if (is_full()) return;
  Key key(fault.name);
  if (fault.status != Status::nxdomain) sets_.add_name(key.view());
  auto answer = std::make_shared<Answer>();
  answer->status = fault.status;
  answer->failure = fault.failure;
  answer->ttl = fault.status == Status::failed ? 0 : kDefaultTtl;
  answer->canonical = fault.name;
  faults_[std::string(key.view())][fault.type] = std::move(answer);
}

void ZoneData::seal() {
  sets_.seal();
}

AnswerPtr ZoneData::fault(std::string_view wire, Type type) const {
  if (faults_.empty()) return nullptr;
  auto found = faults_.find(wire);
  if (found == faults_.end()) return nullptr;
  auto own = found->second.find(type);
  if (own == found->second.end()) own = found->second.find(Type::any);
  return own == found->second.end() ? nullptr : own->second;
}

AnswerPtr ZoneData::exact(const Question& question) const {
  Key key(question.name);
  if (auto answer = fault(key.view(), question.type)) return answer;
  auto node = sets_.find(key.view());
  return node ? sets_.answer(*node, question.type) : nullptr;
}

// Fills the match from the node of this name, if there is one.
bool ZoneData::take(Match& match, std::string_view wire, Type type) const {
  match.answer = fault(wire, type);
  auto node = sets_.find(wire);
  match.exists = node.has_value();
  if (match.answer || !node) return match.answer || node;
  match.answer = sets_.answer(*node, type);
  if (!match.answer) match.alias = sets_.answer(*node, Type::cname);
  return true;
}

ZoneData::Match ZoneData::match(const Question& question) const {
  Match match;
  Key key(question.name);
  auto wire = key.view();
  if (take(match, wire, question.type)) return match;

  auto encloser = parent(wire);
  auto node = sets_.find(encloser);
  for (; !node && encloser.size() > 1; node = sets_.find(encloser)) encloser = parent(encloser);
  if (!node) return match;

  // RFC 6672 section 3.2: a DNAME speaks for everything below its owner.
  match.dname = sets_.answer(*node, Type::dname);
  if (match.dname) return match;
  match.is_wildcard = take(match, "\1*" + std::string(encloser), question.type);
  return match;
}

}  // namespace mailtrust::dns
