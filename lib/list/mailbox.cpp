#include "list/mailbox.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dns/idna.hpp"

namespace mailtrust::list {
namespace {

constexpr std::size_t kMostLocalPart = 254;
constexpr std::size_t kMostDomain = 253;
constexpr std::size_t kMostLabel = 63;

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) > 127; });
}

// RFC 5322 section 3.2.3.
bool is_atext(char c) {
  return ascii::is_alnum(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

// Octets above 127 that make up a character fit to be seen; how many, or 0.
std::size_t visible_character(std::string_view text) {
  auto [code_point, length] = decode_utf8(text);
  return length > 1 && !is_unsafe(code_point) ? length : 0;
}

bool is_dot_string(std::string_view text) {
  bool after_dot = true;  // an atom must follow
  while (!text.empty()) {
    std::size_t step = 1;
    if (text[0] == '.') {
      if (after_dot) return false;
      after_dot = true;
    } else {
      if (!is_atext(text[0])) step = visible_character(text);
      if (step == 0) return false;
      after_dot = false;
    }
    text.remove_prefix(step);
  }
  return !after_dot;
}

bool is_quoted_string(std::string_view text) {
  if (text.size() < 3 || text.front() != '"' || text.back() != '"') return false;
  text = text.substr(1, text.size() - 2);
  while (!text.empty()) {
    std::size_t step = text[0] >= ' ' && text[0] <= '~' ? 1 : visible_character(text);
    if (text[0] == '\\') step = text.size() > 1 && text[1] >= ' ' && text[1] <= '~' ? 2 : 0;
    if (step == 0 || text[0] == '"') return false;
    text.remove_prefix(step);
  }
  return true;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kMostLabel && label.front() != '-' &&
         label.back() != '-' && std::ranges::all_of(label, [](char c) {
           return ascii::is_alnum(c) || c == '-' || c == '_';
         });
}

bool is_ascii_domain(std::string_view text) {
  if (text.empty() || text.size() > kMostDomain) return false;
  std::string_view label;
  while (true) {
    auto dot = text.find('.');
    label = text.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == std::string_view::npos) break;
    text.remove_prefix(dot + 1);
  }
  return !std::ranges::all_of(label, ascii::is_digit);
}

}  // namespace

std::size_t find_at(std::string_view text) {
  return text.rfind('@');
}

bool is_local_part(std::string_view text) {
  if (text.size() > kMostLocalPart || text == "*") return false;
  return is_dot_string(text) || is_quoted_string(text);
}

bool is_domain(std::string_view text) {
  if (is_ascii(text)) return is_ascii_domain(text);
  auto ascii_name = dns::to_a_labels(text);
  return ascii_name && is_ascii(*ascii_name) && is_ascii_domain(*ascii_name);
}

std::string normal_domain(std::string_view text) {
  if (is_ascii(text)) return ascii::to_lower(text);
  auto ascii_name = dns::to_a_labels(text);
  return ascii::to_lower(ascii_name ? *ascii_name : text);
}

std::string normal_local_part(std::string_view text) {
  return ascii::to_lower(text);
}

}  // namespace mailtrust::list
