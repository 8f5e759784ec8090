#include "dns/zone_fields.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"
#include "dns/zone_ldns.hpp"

namespace mailtrust::dns {
namespace {

constexpr std::size_t kMaxString = 255;  // RFC 1035 section 3.3: one length octet
constexpr std::size_t kMaxData = 65535;  // RFC 1035 section 4.1.3: RDLENGTH

}  // namespace

bool ZoneFields::number(std::string& data, std::string_view what) {
  const auto* token = take(what);
  if (token == nullptr) return false;
  auto value = parse_number<std::uint16_t>(token->text);
  if (!value) return bad(*token, "not " + std::string(what) + ", a number from 0 to 65535");
  data += static_cast<char>(*value >> 8);
  data += static_cast<char>(*value & 0xff);
  return true;
}

bool ZoneFields::name(std::string& data, std::string_view what) {
  const auto* token = take(what);
  if (token == nullptr) return false;
  auto value = Name::read_presentation(token->text, origin_);
  if (!value) return bad(*token, "not a domain name; expected " + std::string(what));
  data += value->wire();
  return true;
}

bool ZoneFields::address(std::string& data, net::Family family) {
  auto what = family == net::Family::v4 ? "an IPv4 address" : "an IPv6 address";
  const auto* token = take(what);
  if (token == nullptr) return false;
  auto value = net::Address::read(token->text);
  if (!value || value->family() != family) return bad(*token, std::string("not ") + what);
  for (auto octet : value->octets()) data += static_cast<char>(octet);
  return true;
}

// RFC 1035 section 3.3.14: one or more strings.
bool ZoneFields::strings(std::string& data) {
  do {
    const auto* token = take("a text in quotes");
    if (token == nullptr || !string(data, *token)) return false;
  } while (!at_end());
  return true;
}

// RFC 3597 section 5, after the `\#`.
bool ZoneFields::unknown(std::string& data) {
  ++next_;
  const auto* length_token = take("the length of the data");
  if (length_token == nullptr) return false;
  auto length = parse_number<std::uint16_t>(length_token->text);
  if (!length) return bad(*length_token, "not a length from 0 to 65535");
  std::string digits;
  while (!at_end()) {
    const auto& token = tokens_[next_++];
    if (!std::ranges::all_of(token.text, [](char c) { return ascii::hex_value(c) >= 0; }))
      return bad(token, "not hexadecimal");
    digits += token.text;
  }
  if (digits.size() != std::size_t{2} * *length)
    return bad(*length_token, "the length does not agree with the " +
                                  std::to_string(digits.size()) + " hexadecimal digits after it");
  for (std::size_t i = 0; i < digits.size(); i += 2)
    data += static_cast<char>(ascii::hex_value(digits[i]) * 16 + ascii::hex_value(digits[i + 1]));
  return true;
}

bool ZoneFields::other(std::string& data, Type type) {
  std::string line;
  for (const auto& token : tokens_) {
    if (!line.empty()) line += ' ';
    line += token.quoted ? '"' + std::string(token.text) + '"' : std::string(token.text);
  }
  next_ = tokens_.size();
  auto value = ldns_rdata(type, line, origin_);
  if (!value) {
    errors_.add(tokens_.empty() ? place_ : tokens_[0].place, value.error().message);
    return false;
  }
  data = std::move(*value);
  return true;
}

bool ZoneFields::bad(const Token& token, const std::string& message) {
  errors_.add(token.place, quote(token.text) + ": " + message);
  return false;
}

bool ZoneFields::finish(const std::string& data) {
  if (!at_end()) return bad(tokens_[next_], "one field too many");
  if (data.size() <= kMaxData) return true;
  errors_.add(place_, "RDATA of " + std::to_string(data.size()) + " octets; DNS carries 65535");
  return false;
}

const Token* ZoneFields::take(std::string_view what) {
  if (!at_end()) return &tokens_[next_++];
  errors_.add(place_, "a field is missing; expected " + std::string(what));
  return nullptr;
}

bool ZoneFields::string(std::string& data, const Token& token) {
  auto start = data.size();
  data += '\0';
  auto text = token.text;
  while (!text.empty()) {
    auto octet = take_octet(text);
    if (!octet) return bad(token, "a bad escape; expected \\ and three digits up to 255");
    data += *octet;
  }
  auto length = data.size() - start - 1;
  if (length > kMaxString)
    return bad(token, "a string of " + std::to_string(length) + " octets; one holds at most 255");
  data[start] = static_cast<char>(length);
  return true;
}

}  // namespace mailtrust::dns
