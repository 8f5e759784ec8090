#include "dkim/damage/recode.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/base64.hpp"

namespace mailtrust::dkim::damage {
namespace {

// Ends in white space are line ends' business: RFC 2045 section 6.7 rule 3.
std::string_view without_blanks_at_end(std::string_view line) {
  while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
  return line;
}

void decode_line(std::string_view line, std::string& out) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    int high = i + 2 < line.size() && line[i] == '=' ? ascii::hex_value(line[i + 1]) : -1;
    int low = high >= 0 ? ascii::hex_value(line[i + 2]) : -1;
    if (low < 0) {
      out += line[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
}

class LineEncoder {
 public:
  LineEncoder(std::string& out, const QuotedStyle& style) : out_(out), style_(style) {}

  void encode(std::string_view line) {
    used_ = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      bool escaped = must_escape(line, i);
      std::size_t width = escaped ? 3 : 1;
      bool fits_whole = style_.exact && i + 1 == line.size() && used_ + width <= style_.most;
      if (used_ + width > style_.most - 1 && !fits_whole) {
        out_ += "=\r\n";
        used_ = 0;
      }
      if (escaped)
        append_escaped(out_, line[i]);
      else
        out_ += line[i];
      used_ += width;
    }
  }

 private:
  [[nodiscard]] bool must_escape(std::string_view line, std::size_t i) const {
    char c = line[i];
    if (c == ' ' || c == '\t') return i + 1 == line.size();
    if (c == '=' || c < ' ' || c > '~') return true;
    if (i > 0) return false;
    return (style_.protect_dot && c == '.') || (style_.protect_from && line.starts_with("From "));
  }

  std::string& out_;
  const QuotedStyle& style_;
  std::size_t used_ = 0;
};

}  // namespace

void append_escaped(std::string& out, char octet) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  auto value = static_cast<unsigned char>(octet);
  out += '=';
  out += kHex[value >> 4];
  out += kHex[value & 15];
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find("\r\n", at), text.size());
    auto line = without_blanks_at_end(text.substr(at, end - at));
    bool ended = end < text.size();
    at = end + 2;
    bool soft = line.ends_with('=');
    if (soft) line.remove_suffix(1);
    decode_line(line, out);
    if (!soft && ended) out += "\r\n";
  }
  return out;
}

std::string encode_quoted_printable(std::string_view text, const QuotedStyle& style) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  LineEncoder encoder(out, style);
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find("\r\n", at), text.size());
    encoder.encode(text.substr(at, end - at));
    if (end < text.size()) out += "\r\n";
    at = end + 2;
  }
  return out;
}

std::optional<std::string> decode_base64_lines(std::string_view text) {
  auto decoded = decode_base64(text, Base64Space::allowed);
  if (!decoded) return std::nullopt;
  return std::move(decoded.octets);
}

std::string encode_base64_lines(std::string_view octets, std::size_t width) {
  auto text = encode_base64(octets);
  std::string lines;
  lines.reserve(text.size() + text.size() / width * 2 + 2);
  for (std::size_t at = 0; at < text.size(); at += width)
    lines.append(text, at, width).append("\r\n");
  return lines;
}

}  // namespace mailtrust::dkim::damage
