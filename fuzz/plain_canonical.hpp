#pragma once
// Canonicalization (RFC 6376 section 3.4) the plain way: slow, and short enough to be seen right.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dkim/signature.hpp"
#include "fuzz/target.hpp"

namespace mailtrust::fuzz {

inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// Runs of blanks become one space.
inline std::string squeezed(std::string_view text) {
  std::string out;
  for (char c : text)
    if (!is_blank(c))
      out += c;
    else if (out.empty() || out.back() != ' ')
      out += ' ';
  return out;
}

inline void trim_end(std::string& text) {
  while (!text.empty() && is_blank(text.back())) text.pop_back();
}

/// A line ends in CRLF or LF; a CR before neither is an octet.
inline std::vector<std::string> lines_of(std::string_view body) {
  std::vector<std::string> lines;
  while (!body.empty()) {
    std::string line(take_until(body, '\n'));
    bool ended = !body.empty() || *(body.data() - 1) == '\n';
    if (ended && line.ends_with('\r')) line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

/// RFC 6376 sections 3.4.3 and 3.4.4.
inline std::string plain_body(std::string_view body, dkim::Canonicalization form) {
  auto lines = lines_of(body);
  if (form == dkim::Canonicalization::relaxed)
    for (auto& line : lines) {
      line = squeezed(line);
      trim_end(line);
    }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  std::string out;
  for (const auto& line : lines) out += line + "\r\n";
  if (out.empty() && form == dkim::Canonicalization::simple) out = "\r\n";
  return out;
}

/// RFC 6376 section 3.4.2, on a field with its line ends in CRLF.
inline std::string plain_relaxed(std::string_view name, std::string_view value) {
  std::string unfolded;
  for (std::size_t i = 0; i < value.size(); ++i)
    if (value.substr(i).starts_with("\r\n"))
      ++i;
    else
      unfolded += value[i];
  auto text = squeezed(unfolded);
  trim_end(text);
  if (text.starts_with(' ')) text.erase(0, 1);
  std::string out(name);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out + ':' + text + "\r\n";
}

}  // namespace mailtrust::fuzz
