#include "report/xml.hpp"

#include <cstring>
#include <new>
#include <utility>

#include <pugixml.hpp>

#include "base/ascii.hpp"

namespace mailtrust::report {
namespace {

constexpr unsigned kFlags =
    pugi::parse_escapes | pugi::parse_cdata | pugi::parse_embed_pcdata | pugi::parse_fragment;

pugi::xml_node next_element(pugi::xml_node node) {
  while (node && node.type() != pugi::node_element) node = node.next_sibling();
  return node;
}

// Texts stand one behind another in the octets, with markup between them, so there is room to move
// each up to the one before. Those moved are taken out, so that this may be asked again.
std::string_view join(pugi::xml_node element) {
  auto* begin = const_cast<char*>(element.value());  // the octets are ours, see Fragment::parse
  auto size = std::strlen(begin);
  for (auto node = element.first_child(); node;) {
    auto text = std::exchange(node, node.next_sibling());
    if (text.type() == pugi::node_element) continue;
    auto* more = const_cast<char*>(text.value());
    auto length = std::strlen(more);
    if (size == 0) {
      begin = more;
    } else {
      std::memmove(begin + size, more, length);
      begin[size + length] = '\0';
      element.remove_child(text);
    }
    size += length;
  }
  return {begin, size};
}

}  // namespace

std::string_view Element::name() const {
  return pugi::xml_node(node_).name();
}

std::string_view Element::text() const {
  pugi::xml_node node(node_);
  return ascii::trim(node.first_child() ? join(node) : std::string_view(node.value()));
}

std::string_view Element::lower_text() const {
  auto text = this->text();
  auto* octets = const_cast<char*>(text.data());
  for (std::size_t i = 0; i < text.size(); ++i) octets[i] = ascii::lower(octets[i]);
  return text;
}

Element Element::first() const {
  return Element(next_element(pugi::xml_node(node_).first_child()).internal_object());
}

Element Element::next() const {
  return Element(next_element(pugi::xml_node(node_).next_sibling()).internal_object());
}

Element Element::child(std::string_view name) const {
  auto child = first();
  while (child && child.name() != name) child = child.next();
  return child;
}

class Fragment::Impl {
 public:
  pugi::xml_document document;
};

Fragment::Fragment() : impl_(std::make_unique<Impl>()) {}

Fragment::~Fragment() = default;

Element Fragment::parse(std::string& octets) {
  auto result = impl_->document.load_buffer_inplace(octets.data(), octets.size(), kFlags,
                                                    pugi::encoding_utf8);
  if (result.status == pugi::status_out_of_memory) throw std::bad_alloc();
  return Element(result ? impl_->document.internal_object() : nullptr);
}

}  // namespace mailtrust::report
