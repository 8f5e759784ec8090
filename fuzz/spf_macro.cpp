// Macro strings (RFC 7208 section 7): parsed, expanded, and expanded once more the plain way.
#include <algorithm>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "fuzz/target.hpp"
#include "spf/macro.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

// Section 7.3, octet by octet.
std::string plainly_transformed(std::string_view value, const spf::MacroExpand& macro) {
  std::string_view delimiters = macro.delimiters.empty() ? "." : std::string_view(macro.delimiters);
  bool untouched = !macro.reverse && macro.digits == 0 && macro.delimiters.empty();
  std::vector<std::string> parts(1);
  for (char c : value) {
    if (delimiters.find(c) != std::string_view::npos && !untouched)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  if (macro.reverse) std::ranges::reverse(parts);
  while (macro.digits != 0 && parts.size() > macro.digits) parts.erase(parts.begin());
  std::string out = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) out += '.' + parts[i];
  return out;
}

// RFC 3986 section 2.3.
std::string plainly_escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    char escaped[4];
    std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(c));
    bool unreserved = ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
    out += unreserved ? std::string(1, c) : escaped;
  }
  return out;
}

std::string plain_value(char letter, const spf::MacroContext& context) {
  auto at = context.sender.rfind('@');
  switch (letter) {
    case 's': return std::string(context.sender);
    case 'l': return std::string(context.sender.substr(0, at));
    case 'o': return std::string(context.sender.substr(at + 1));
    case 'd': return to_string(context.domain);
    case 'p': return context.validated_name;
    case 'v': return context.ip.is_v4() ? "in-addr" : "ip6";
    case 'h': return std::string(context.helo);
    case 'c': return to_string(context.ip);
    case 'r': return std::string(context.receiver);
    case 't': return std::to_string(context.now);
    default: break;
  }
  if (context.ip.is_v4()) return to_string(context.ip);
  auto reversed = reverse_name(context.ip);
  reversed.resize(reversed.size() - std::string_view(".ip6.arpa").size());
  std::ranges::reverse(reversed);
  return reversed;
}

std::string plainly_expanded(const spf::MacroString& macro, const spf::MacroContext& context) {
  std::string out;
  for (const auto& part : macro.parts) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      out += *literal;
      continue;
    }
    const auto& expansion = std::get<spf::MacroExpand>(part);
    auto value = plainly_transformed(plain_value(expansion.letter, context), expansion);
    out += expansion.url_escape ? plainly_escaped(value) : value;
  }
  return out;
}

// Section 7.3: left labels go until at most 253 octets are left.
std::optional<dns::Name> plain_name(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  while (text.size() > limits::kMacroName && text.find('.') != std::string::npos)
    text.erase(0, text.find('.') + 1);
  if (text.size() > limits::kMacroName || text.empty() || text.ends_with('.')) return std::nullopt;
  return dns::Name::read(text);
}

void expand_all(const spf::MacroString& macro, const spf::MacroContext& context) {
  auto expected = plainly_expanded(macro, context);
  require(expand(macro, context) == expected, "both ways expand to the same");
  auto name = expand_name(macro, context);
  if (is_unmatchable(macro, context)) return require(!name, "what matches nothing is no name");
  require(name == plain_name(expected), "both ways name the same");
  require(!name || spf::dotted(*name).size() <= limits::kMacroName, "no longer than a name may be");
}

}  // namespace

MAILTRUST_FUZZ(spf_macro, octets) {
  auto mode = fuzz::take(octets);
  spf::MacroContext context;
  context.sender = fuzz::take_until(octets, '\n');
  if (context.sender.find('@') == std::string_view::npos) context.sender = "postmaster@example.org";
  context.helo = fuzz::take_until(octets, '\n');
  context.domain = *dns::Name::read("mail.example.org");
  auto ip = (mode & 1U) != 0 ? "2001:db8::cb01" : "192.0.2.3";
  context.ip = *net::Address::read(ip);
  context.receiver = "mx.example.net";
  context.validated_name = "unknown";
  context.now = 1'795'356'000;
  auto place = (mode & 2U) != 0 ? spf::MacroPlace::explanation : spf::MacroPlace::term;
  auto parsed =
      (mode & 4U) != 0 ? spf::parse_domain_spec(octets) : spf::parse_macro_string(octets, place);
  if (parsed.error) return require(parsed.error->offset <= octets.size(), "faults lie in the text");
  require(parsed.macro.text == octets, "a macro keeps its text");
  expand_all(parsed.macro, context);
}
