#include "dkim/signature_values.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "dns/idna.hpp"
#include "dns/name.hpp"

namespace mailtrust::dkim {
namespace {

bool is_name_octet(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

}  // namespace

std::optional<Algorithm> algorithm_from(std::string_view text) {
  for (auto known : {Algorithm::rsa_sha1, Algorithm::rsa_sha256, Algorithm::ed25519_sha256})
    if (text == to_string(known)) return known;
  return std::nullopt;
}

std::optional<Canonicalization> canonicalization_from(std::string_view text) {
  for (auto known : {Canonicalization::simple, Canonicalization::relaxed})
    if (text == to_string(known)) return known;
  return std::nullopt;
}

std::optional<std::string> read_name(std::string_view text, std::size_t least_labels) {
  // Longer than any name, also one of U-labels: not worth converting.
  constexpr std::size_t kLongest = 4 * dns::kMaxName;
  if (text.size() > kLongest) return std::nullopt;
  auto ascii = dns::to_a_labels(text);
  if (!ascii || ascii->ends_with('.') || !std::ranges::all_of(*ascii, is_name_octet))
    return std::nullopt;
  auto name = dns::Name::read(*ascii);
  if (!name || name->label_count() < least_labels) return std::nullopt;
  return std::move(*ascii);
}

bool is_within(std::string_view domain, std::string_view ancestor) {
  if (domain.size() == ancestor.size()) return ascii::iequals(domain, ancestor);
  return ascii::iends_with(domain, ancestor) && domain[domain.size() - ancestor.size() - 1] == '.';
}

bool is_field_name(std::string_view text) {
  auto is_ftext = [](char c) { return c > ' ' && c < '\x7f' && c != ':'; };
  return !text.empty() && std::ranges::all_of(text, is_ftext);
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, ascii::is_digit);
}

std::optional<std::string> decode_quoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (ascii::is_space(text[i])) continue;
    if (text[i] != '=') {
      out += text[i];
      continue;
    }
    auto high = i + 2 < text.size() ? ascii::hex_value(text[i + 1]) : -1;
    auto low = i + 2 < text.size() ? ascii::hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

}  // namespace mailtrust::dkim
