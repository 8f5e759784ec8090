#include "whois/text.hpp"

#include "base/escape.hpp"

namespace mailtrust::whois {
namespace {

constexpr char kEscape = '\x1b';

/// The length of a stretch of two-octet characters at the start of `text`, with the escape
/// sequences around it (ISO-2022-JP: RFC 1468); it ends with its line at the latest. 0: none.
std::size_t jis_stretch(std::string_view text) {
  if (!text.starts_with("\x1b$")) return 0;
  for (std::size_t i = 2; i < text.size(); ++i) {
    if (text[i] == '\n' || text[i] == '\r') return i;
    if (text[i] == kEscape && text.substr(i).starts_with("\x1b("))
      return std::min(i + 3, text.size());
  }
  return text.size();
}

void append_latin1(std::string& out, unsigned char octet) {
  out += static_cast<char>(0xC0U | (octet >> 6U));
  out += static_cast<char>(0x80U | (octet & 0x3FU));
}

}  // namespace

std::string readable(std::string_view octets) {
  if (octets.starts_with("\xef\xbb\xbf")) octets.remove_prefix(3);
  std::string out;
  out.reserve(octets.size());
  while (!octets.empty()) {
    auto octet = static_cast<unsigned char>(octets.front());
    std::size_t taken = 1;
    if (octet >= 0x80U) {
      taken = decode_utf8(octets).length;
      if (taken > 0) out += octets.substr(0, taken);
      if (taken == 0) append_latin1(out, octet), taken = 1;
    } else if (auto stretch = jis_stretch(octets); stretch > 0) {
      taken = stretch;
    } else {
      out += octet == 0 ? ' ' : octets.front();
    }
    octets.remove_prefix(taken);
  }
  return out;
}

std::string_view take_line(std::string_view& rest) {
  auto end = rest.find_first_of("\r\n");
  auto line = rest.substr(0, end);
  if (end == std::string_view::npos) {
    rest = {};
    return line;
  }
  auto ends_crlf = rest.substr(end).starts_with("\r\n");
  rest.remove_prefix(end + (ends_crlf ? 2 : 1));
  return line;
}

}  // namespace mailtrust::whois
