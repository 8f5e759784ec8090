// Macro strings: the expansion. RFC 7208 section 7.3.
#include "spf/macro.hpp"

#include <algorithm>
#include <variant>

#include "base/ascii.hpp"
#include "base/limits.hpp"

namespace mailtrust::spf {
namespace {

struct Address {
  std::string_view local_part;
  std::string_view domain;
};

Address split_sender(std::string_view sender) {
  auto at = sender.rfind('@');
  if (at == std::string_view::npos) return {"postmaster", sender};
  return {sender.substr(0, at), sender.substr(at + 1)};
}

// %{i}: an IPv4 address as it is, an IPv6 address as nibbles with dots between them.
std::string ip_text(const net::Address& ip) {
  if (ip.is_v4()) return to_string(ip);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  out.reserve(63);
  for (auto octet : ip.octets()) {
    if (!out.empty()) out += '.';
    out += {kHex[octet >> 4], '.', kHex[octet & 15]};
  }
  return out;
}

std::string value_of(char letter, const MacroContext& context) {
  switch (letter) {
    case 's': return std::string(context.sender);
    case 'l': return std::string(split_sender(context.sender).local_part);
    case 'o': return std::string(split_sender(context.sender).domain);
    case 'd': return dotted(context.domain);
    case 'i': return ip_text(context.ip);
    case 'p': return context.validated_name;
    case 'v': return context.ip.is_v4() ? "in-addr" : "ip6";
    case 'h': return std::string(context.helo);
    case 'c': return to_string(context.ip);
    case 'r': return std::string(context.receiver);
    case 't': return std::to_string(context.now);
    default: return {};
  }
}

std::vector<std::string_view> split_any(std::string_view text, std::string_view delimiters) {
  std::vector<std::string_view> parts;
  while (true) {
    auto at = text.find_first_of(delimiters);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string transform(std::string value, const MacroExpand& macro) {
  if (!macro.reverse && macro.digits == 0 && macro.delimiters.empty()) return value;
  auto parts = split_any(value, macro.delimiters.empty() ? "." : macro.delimiters);
  if (macro.reverse) std::ranges::reverse(parts);
  auto kept = macro.digits == 0 ? parts.size() : std::min<std::size_t>(macro.digits, parts.size());
  std::string out;
  out.reserve(value.size());
  for (auto i = parts.size() - kept; i < parts.size(); ++i) {
    if (i > parts.size() - kept) out += '.';
    out += parts[i];
  }
  return out;
}

// RFC 3986 section 2.3: everything but the unreserved set is escaped.
std::string url_escape(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    if (ascii::is_alnum(c) || std::string_view("-._~").find(c) != std::string_view::npos) {
      out += c;
    } else {
      auto octet = static_cast<unsigned char>(c);
      out += {'%', kHex[octet >> 4], kHex[octet & 15]};
    }
  }
  return out;
}

std::string text_of(const std::string& literal, const MacroContext& /*context*/) {
  return literal;
}

std::string text_of(const MacroExpand& macro, const MacroContext& context) {
  auto value = transform(value_of(macro.letter, context), macro);
  return macro.url_escape ? url_escape(value) : value;
}

// As much of the end as decides what name it is: a record of 64 KiB may ask for thousands of times
// a long sender.
std::string expand_end(const MacroString& macro, const MacroContext& context) {
  std::string out;
  for (auto part = macro.parts.rbegin(); part != macro.parts.rend(); ++part) {
    out.insert(0, std::visit([&](const auto& known) { return text_of(known, context); }, *part));
    if (out.size() > limits::kMacroName + 2) break;  // the limit, a final dot, and one too many
  }
  return out;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string expand(const MacroString& macro, const MacroContext& context, std::size_t most) {
  std::string out;
  for (const auto& part : macro.parts) {
    out += std::visit([&](const auto& known) { return text_of(known, context); }, part);
    if (out.size() >= most) break;
  }
  return out.substr(0, most);
}

std::optional<dns::Name> expand_name(const MacroString& macro, const MacroContext& context) {
  if (is_unmatchable(macro, context)) return std::nullopt;
  auto expanded = expand_end(macro, context);
  std::string_view text = expanded;
  if (text.ends_with('.')) text.remove_suffix(1);
  while (text.size() > limits::kMacroName) {
    auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    text.remove_prefix(dot + 1);
  }
  if (text.empty() || text.ends_with('.')) return std::nullopt;
  return dns::Name::read(text);
}

bool is_unmatchable(const MacroString& macro, const MacroContext& context) {
  if (!macro.uses('s') && !macro.uses('l')) return false;
  return !is_ascii(split_sender(context.sender).local_part);
}

std::string dotted(const dns::Name& name) {
  std::string out;
  out.reserve(name.wire().size());
  for (auto label : name.labels()) {
    if (!out.empty()) out += '.';
    out += label;
  }
  return out;
}

}  // namespace mailtrust::spf
