#include "report/xml_text.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace mailtrust::report {
namespace {

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20) & (c != '\n') & (c != '\r') & (c != '\t');
}

// XML 1.0 section 4.6: without a DOCTYPE there are these and numbers.
bool is_reference(std::string_view text) {
  constexpr std::array<std::string_view, 5> kEntities = {"&lt;", "&gt;", "&amp;", "&quot;",
                                                         "&apos;"};
  if (!text.starts_with("&#"))
    return std::ranges::any_of(kEntities, [&](auto name) { return text.starts_with(name); });
  auto digits = text.substr(2, 10);
  digits = digits.substr(0, digits.find(';'));
  if (digits.size() == text.size() - 2) return false;
  bool is_hex = digits.starts_with('x');
  if (is_hex) digits.remove_prefix(1);
  return !digits.empty() && std::ranges::all_of(digits, [&](char c) {
    return is_hex ? ascii::hex_value(c) >= 0 : ascii::is_digit(c);
  });
}

}  // namespace

bool is_blank(std::string_view text) {
  return std::ranges::all_of(text, ascii::is_space);
}

bool has_odd_octets(std::string_view text) {
  if (text.find('&') != std::string_view::npos) return true;
  // Of fixed length, so that the compiler looks at many octets at once.
  constexpr std::size_t kBlock = 64;
  for (; text.size() >= kBlock; text.remove_prefix(kBlock)) {
    unsigned odd = 0;
    for (std::size_t i = 0; i < kBlock; ++i) odd |= static_cast<unsigned>(is_control(text[i]));
    if (odd != 0) return true;
  }
  return std::ranges::any_of(text, is_control);
}

std::string_view odd_octet(std::string_view text) {
  if (is_control(text.front())) return "a control character";
  if (text.front() != '&' || is_reference(text)) return {};
  return "\"&\" that begins no reference; read as text";
}

}  // namespace mailtrust::report
