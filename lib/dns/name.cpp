#include "dns/name.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dns/idna.hpp"
#include "net/address.hpp"

namespace mailtrust::dns {
namespace {

// Adds a label to a wire form under construction (no root zero yet).
bool append_label(std::string& wire, std::string_view label) {
  if (label.empty() || label.size() > kMaxLabel) return false;
  wire += static_cast<char>(label.size());
  wire += label;
  return wire.size() < kMaxName;
}

void append_escaped(std::string& out, std::string_view label) {
  constexpr std::string_view kSpecial = ".\\\";()@$";
  for (char c : label) {
    auto octet = static_cast<unsigned char>(c);
    if (octet < 0x21 || octet > 0x7e) {
      out += '\\';
      out += static_cast<char>('0' + octet / 100);
      out += static_cast<char>('0' + octet / 10 % 10);
      out += static_cast<char>('0' + octet % 10);
    } else {
      if (kSpecial.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
}

std::string why_not_a_name(std::string_view text) {
  for (auto label : ascii::split(text, '.')) {
    if (label.empty()) return "has an empty label; expected a domain such as example.org";
    if (label.size() > kMaxLabel) return "has a label of more than 63 octets";
  }
  return "is longer than the 253 octets a domain name may have";
}

// DNS would carry them; no domain that mail is sent from holds one.
bool is_stray(char c) {
  auto octet = static_cast<unsigned char>(c);
  return octet < 0x21 || octet > 0x7e || c == '@' || c == '/' || c == ':';
}

}  // namespace

std::optional<char> take_octet(std::string_view& text) {
  char c = text.front();
  text.remove_prefix(1);
  if (c != '\\') return c;
  if (text.empty()) return std::nullopt;
  if (!ascii::is_digit(text[0])) {
    c = text[0];
    text.remove_prefix(1);
    return c;
  }
  if (text.size() < 3 || !ascii::is_digit(text[1]) || !ascii::is_digit(text[2]))
    return std::nullopt;
  int value = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
  if (value > 255) return std::nullopt;
  text.remove_prefix(3);
  return static_cast<char>(value);
}

std::optional<Name> Name::read(std::string_view text) {
  Name name;
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty()) return name;
  name.wire_.clear();
  name.wire_.reserve(text.size() + 2);
  while (true) {
    auto dot = text.find('.');
    if (!append_label(name.wire_, text.substr(0, dot))) return std::nullopt;
    if (dot == std::string_view::npos) break;
    text.remove_prefix(dot + 1);
  }
  name.wire_ += '\0';
  return name;
}

std::optional<Name> Name::read_presentation(std::string_view text, const Name& origin) {
  if (text == ".") return Name();
  if (text == "@") return origin;
  if (text.empty()) return std::nullopt;
  Name name;
  name.wire_.clear();
  std::string label;
  while (!text.empty()) {
    if (text.front() == '.') {
      if (!append_label(name.wire_, label)) return std::nullopt;
      label.clear();
      text.remove_prefix(1);
      continue;
    }
    auto octet = take_octet(text);
    if (!octet) return std::nullopt;
    label += *octet;
  }
  if (label.empty()) {
    name.wire_ += '\0';
    return name;
  }
  if (!append_label(name.wire_, label)) return std::nullopt;
  name.wire_ += origin.wire_;
  if (name.wire_.size() > kMaxName) return std::nullopt;
  return name;
}

std::optional<Name> Name::from_wire(std::string_view wire) {
  std::size_t at = 0;
  while (at < wire.size() && wire[at] != '\0') {
    auto length = static_cast<unsigned char>(wire[at]);
    if (length > kMaxLabel) return std::nullopt;
    at += length + 1U;
  }
  if (at + 1 != wire.size() || wire.size() > kMaxName) return std::nullopt;
  Name name;
  name.wire_ = wire;
  return name;
}

Expected<Name> Name::parse(std::string_view text) {
  constexpr const char* kExpected = "; expected a domain such as example.org";
  auto name = parse_any(text);
  if (!name) return name;
  if (net::Address::parse(text))
    return fail(Error::Kind::input, quote(text),
                std::string("an address, not a domain") + kExpected);
  for (auto label : name->labels())
    if (auto stray = std::ranges::find_if(label, is_stray); stray != label.end())
      return fail(Error::Kind::input, quote(text),
                  "not a domain name: holds " + quote({&*stray, 1}) + kExpected);
  return name;
}

Expected<Name> Name::parse_any(std::string_view text) {
  std::string_view relative = text;
  if (relative.ends_with('.')) relative.remove_suffix(1);
  if (relative.empty())
    return fail(Error::Kind::input, quote(text), "empty; expected a domain such as example.org");
  auto ascii_text = to_a_labels(relative);
  if (!ascii_text) return fail(ascii_text.error());
  auto name = ascii_text->ends_with('.') ? std::nullopt : read(*ascii_text);
  if (name) return *name;
  return fail(Error::Kind::input, quote(text), "not a domain name: " + why_not_a_name(relative));
}

std::size_t Name::label_count() const {
  std::size_t count = 0;
  for (std::size_t at = 0; wire_[at] != '\0'; at += static_cast<unsigned char>(wire_[at]) + 1U)
    ++count;
  return count;
}

std::vector<std::string_view> Name::labels() const {
  std::vector<std::string_view> labels;
  for (std::size_t at = 0; wire_[at] != '\0';) {
    auto length = static_cast<unsigned char>(wire_[at]);
    labels.push_back(std::string_view(wire_).substr(at + 1, length));
    at += length + 1U;
  }
  return labels;
}

Name Name::parent() const {
  Name up;
  if (!is_root()) up.wire_ = wire_.substr(static_cast<unsigned char>(wire_[0]) + 1U);
  return up;
}

bool Name::is_within(const Name& ancestor) const {
  std::string_view rest = wire_;
  while (rest.size() > ancestor.wire_.size())
    rest.remove_prefix(static_cast<unsigned char>(rest[0]) + 1U);
  return ascii::iequals(rest, ancestor.wire_);
}

Name Name::lowered() const {
  // A length octet is at most 63, below 'A', so lower-casing the wire form octet by octet is safe.
  Name name;
  name.wire_ = ascii::to_lower(wire_);
  return name;
}

std::optional<Name> Name::child(std::string_view label) const {
  Name name;
  name.wire_.clear();
  if (!append_label(name.wire_, label)) return std::nullopt;
  name.wire_ += wire_;
  if (name.wire_.size() > kMaxName) return std::nullopt;
  return name;
}

std::optional<Name> Name::prepend(const Name& front) const {
  Name name;
  name.wire_ = front.wire_.substr(0, front.wire_.size() - 1) + wire_;
  if (name.wire_.size() > kMaxName) return std::nullopt;
  return name;
}

bool operator==(const Name& a, const Name& b) {
  return ascii::iequals(a.wire_, b.wire_);
}

std::weak_ordering operator<=>(const Name& a, const Name& b) {
  auto size = std::min(a.wire_.size(), b.wire_.size());
  for (std::size_t i = 0; i < size; ++i) {
    auto order = static_cast<unsigned char>(ascii::lower(a.wire_[i])) <=>
                 static_cast<unsigned char>(ascii::lower(b.wire_[i]));
    if (order != 0) return order;
  }
  return a.wire_.size() <=> b.wire_.size();
}

std::string to_string(const Name& name) {
  if (name.is_root()) return ".";
  std::string out;
  for (auto label : name.labels()) {
    if (!out.empty()) out += '.';
    append_escaped(out, label);
  }
  return out;
}

std::string to_absolute_string(const Name& name) {
  return name.is_root() ? "." : to_string(name) + '.';
}

}  // namespace mailtrust::dns

std::size_t std::hash<mailtrust::dns::Name>::operator()(
    const mailtrust::dns::Name& name) const noexcept {
  // FNV-1a over the lower-cased octets; names are short, and the table is not exposed to an enemy
  // who could gain more from collisions than from asking for more names.
  std::size_t value = 14695981039346656037ULL;
  for (char c : name.wire())
    value = (value ^ static_cast<unsigned char>(mailtrust::ascii::lower(c))) * 1099511628211ULL;
  return value;
}
