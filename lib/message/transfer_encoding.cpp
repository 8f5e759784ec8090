#include <algorithm>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "message/mime.hpp"

namespace mailtrust::message {
namespace {

bool is_base64(char c) {
  return ascii::is_alnum(c) || c == '+' || c == '/';
}

// RFC 2045 section 6.8: what is no base64 is passed over, padding ends it.
std::string decode_base64_lines(std::string_view content) {
  std::string digits;
  digits.reserve(content.size() + 3);
  for (char c : content.substr(0, content.find('=')))
    if (is_base64(c)) digits += c;
  constexpr std::size_t kQuantum = 4;
  if (digits.size() % kQuantum == 1) digits.pop_back();
  digits.append((kQuantum - digits.size() % kQuantum) % kQuantum, '=');
  return decode_base64(digits).octets;
}

// The next line without blanks at its end (they are not the writer's); `end` is its line end.
std::string_view take_line(std::string_view& rest, std::string_view& end) {
  auto stop = rest.find('\n');
  auto line = rest.substr(0, stop);
  rest.remove_prefix(stop == std::string_view::npos ? rest.size() : stop + 1);
  end = stop == std::string_view::npos ? "" : line.ends_with('\r') ? "\r\n" : "\n";
  if (end.size() == 2) line.remove_suffix(1);
  auto last = line.find_last_not_of(" \t");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// RFC 2045 section 6.7: a "=" without two digits behind it stays.
void append_quoted_printable(std::string& out, std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    int high = i + 2 < line.size() ? ascii::hex_value(line[i + 1]) : -1;
    int low = i + 2 < line.size() ? ascii::hex_value(line[i + 2]) : -1;
    if (line[i] != '=' || high < 0 || low < 0) {
      out += line[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
}

std::string decode_quoted_printable(std::string_view content) {
  std::string out;
  out.reserve(content.size());
  while (!content.empty()) {
    std::string_view end;
    auto line = take_line(content, end);
    bool soft = line.ends_with('=');
    if (soft) line.remove_suffix(1);
    append_quoted_printable(out, line);
    if (!soft) out += end;
  }
  return out;
}

}  // namespace

std::string decode_content(const Part& part) {
  switch (part.encoding) {
    case TransferEncoding::base64: return decode_base64_lines(part.content);
    case TransferEncoding::quoted_printable: return decode_quoted_printable(part.content);
    case TransferEncoding::identity:
    case TransferEncoding::unknown: break;
  }
  return std::string(part.content);
}

}  // namespace mailtrust::message
