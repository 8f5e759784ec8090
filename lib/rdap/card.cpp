#include "rdap/card.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"

namespace mailtrust::rdap {
namespace {

using json::Value;

constexpr std::size_t kCountry = 6;  // of the seven parts of adr, RFC 6350 section 6.3.1

// Values are single texts or arrays of them.
template <typename Use>
void each_text(const Value& value, Use use) {
  if (value.is_text()) use(value.text());
  for (const auto& item : value.items())
    if (item.is_text()) use(item.text());
}

bool has_word(const Value& value, std::string_view word) {
  bool found = false;
  each_text(value, [&](std::string_view text) { found = found || ascii::iequals(text, word); });
  return found;
}

std::string_view first_text(const Value& value) {
  if (value.is_text()) return ascii::trim(value.text());
  for (const auto& item : value.items())
    if (!ascii::trim(item.text()).empty()) return ascii::trim(item.text());
  return {};
}

unsigned preference(const Value& parameters) {
  const auto& pref = parameters["pref"];
  auto number = pref.is_text() ? parse_number<unsigned>(pref.text()) : std::nullopt;
  if (auto integer = pref.integer())
    number = static_cast<unsigned>(std::clamp<std::int64_t>(*integer, 0, 101));
  return number && *number >= 1 && *number <= 100 ? *number : 100;
}

void keep(std::string& known, std::string_view text) {
  if (known.empty()) known = ascii::trim(text);
}

// One property: name, parameters, type of the value, values (RFC 7095 section 3.3).
class Property {
 public:
  Property(const json::Array& parts, Card& card) : parts_(parts), card_(card) {}

  void read() const {
    auto name = ascii::to_lower(parts_[0].text());
    if (name == "email") add_emails();
    if (name == "contact-uri") add_contact_uri();
    if (name == "fn") keep(card_.name, value());
    if (name == "org") keep(card_.organization, value());
    if (name == "kind") keep(card_.kind, ascii::to_lower(value()));
    if (name == "adr") keep(card_.country, country());
  }

 private:
  [[nodiscard]] std::string_view value() const { return first_text(parts_[3]); }

  void add_emails() const {
    const auto& parameters = parts_[1];
    for (std::size_t i = 3; i < parts_.size(); ++i)
      each_text(parts_[i], [&](std::string_view text) {
        card_.emails.push_back(
            {std::string(text), preference(parameters), has_word(parameters["type"], "abuse")});
      });
  }

  // RFC 8605 section 2.1: where somebody is to be reached whose address is not told.
  void add_contact_uri() const {
    if (ascii::istarts_with(value(), "mailto:"))
      card_.emails.push_back({std::string(value()), preference(parts_[1])});
  }

  // RFC 8605 section 3.1: the code as a parameter.
  [[nodiscard]] std::string country() const {
    auto code = country_code(parts_[1]["cc"].text());
    const auto& address = parts_[3].items();
    return code.empty() && address.size() > kCountry ? country_code(first_text(address[kCountry]))
                                                     : code;
  }

  const json::Array& parts_;
  Card& card_;
};

void read_jcard(const Value& array, Card& card) {
  for (const auto& part : array.items())
    for (const auto& property : part.items())
      if (property.items().size() >= 4) Property(property.items(), card).read();
}

// Maps of RFC 9553, whose keys mean nothing.
template <typename Use>
void each_member(const Value& map, Use use) {
  for (const auto& [id, value] : map.members()) use(value);
}

void read_jscard(const Value& jscard, Card& card) {
  keep(card.name, jscard["name"]["full"].text());
  keep(card.kind, ascii::to_lower(jscard["kind"].text()));
  each_member(jscard["organizations"],
              [&](const Value& value) { keep(card.organization, value["name"].text()); });
  each_member(jscard["emails"], [&](const Value& value) {
    card.emails.push_back({std::string(value["address"].text()), preference(value)});
  });
  each_member(jscard["addresses"], [&](const Value& value) {
    keep(card.country, country_code(value["countryCode"].text()));
  });
}

// What is left of such a value without these octets would be another address.
bool has_unsafe(std::string_view text) {
  text = ascii::trim(text);
  while (!text.empty()) {
    auto decoded = decode_utf8(text);
    if (decoded.length == 0 || is_unsafe(decoded.code_point)) return true;
    text.remove_prefix(decoded.length);
  }
  return false;
}

}  // namespace

std::string country_code(std::string_view text) {
  text = ascii::trim(text);
  if (text.size() != 2 || !ascii::is_alpha(text[0]) || !ascii::is_alpha(text[1])) return {};
  std::string code;
  for (char c : text) code += static_cast<char>(ascii::lower(c) - ('a' - 'A'));
  return code == "ZZ" || code == "XX" ? std::string() : code;
}

Card read_card(const Value& entity) {
  Card card;
  read_jcard(entity["vcardArray"], card);
  read_jscard(entity["jscard"], card);
  std::erase_if(card.emails, [](const CardEmail& email) { return has_unsafe(email.text); });
  std::ranges::stable_sort(card.emails, {}, &CardEmail::pref);
  return card;
}

}  // namespace mailtrust::rdap
