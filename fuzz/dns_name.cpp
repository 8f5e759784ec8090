// Domain names: as text, as master files write them, in wire form, internationalised.
#include "dns/idna.hpp"
#include "dns/name.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

void look_at(const dns::Name& name) {
  require(name.wire().size() <= dns::kMaxName, "no longer than a name may be");
  auto labels = name.labels();
  require(labels.size() == name.label_count(), "labels are counted right");
  dns::Name built;
  for (auto i = labels.size(); i-- > 0;) {
    auto child = built.child(labels[i]);
    require(child && child->parent() == built, "a child's parent");
    built = *child;
    require(name.is_within(built), "within each name above");
  }
  require(built.wire() == name.wire(), "put together again it is the same");
  auto from_wire = dns::Name::from_wire(name.wire());
  require(from_wire && from_wire->wire() == name.wire(), "wire form reads back");
  require(name.lowered() == name, "case makes no difference");
  require(std::hash<dns::Name>{}(name.lowered()) == std::hash<dns::Name>{}(name), "nor for hashes");
  auto doubled = name.prepend(name);
  require(!doubled || doubled->label_count() == 2 * labels.size(), "two names in a row");
}

void require_spellings(const dns::Name& name) {
  for (const auto& text : {to_string(name), to_absolute_string(name)}) {
    for (char c : text) require(c > 0x20 && c < 0x7f, "spelled in visible ASCII");
    auto again = dns::Name::read_presentation(text);
    require(again && again->wire() == name.wire(), "master file spelling reads back");
  }
}

}  // namespace

MAILTRUST_FUZZ(dns_name, octets) {
  auto mode = fuzz::take(octets) % 4;
  std::optional<dns::Name> name;
  if (mode == 0) name = dns::Name::read(octets);
  if (mode == 1) name = dns::Name::from_wire(octets);
  if (mode == 2) {
    auto origin = dns::Name::read(fuzz::take_until(octets, '\n')).value_or(dns::Name());
    name = dns::Name::read_presentation(octets, origin);
  }
  if (mode == 3) {
    if (auto parsed = dns::Name::parse(octets)) name = *parsed;
    auto ascii = dns::to_a_labels(octets);
    if (ascii && ascii->size() < octets.size() + 256)
      require(dns::to_a_labels(*ascii).value_or("") == *ascii, "A-labels stay as they are");
    dns::to_u_labels(octets);
  }
  if (!name) return;
  look_at(*name);
  require_spellings(*name);
}
