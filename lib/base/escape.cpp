#include "base/escape.hpp"

#include <algorithm>
#include <array>

namespace mailtrust {
namespace {

constexpr char kHex[] = "0123456789abcdef";

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode 15: category Cf with the bidirectional controls (UAX 9), C0, DEL, C1, line and paragraph
// separators, private use, tag characters, interlinear annotation, blanks that render as nothing.
constexpr std::array kUnsafe = {
    Range{0x0000, 0x001f},   Range{0x007f, 0x009f},   Range{0x00ad, 0x00ad},
    Range{0x034f, 0x034f},   Range{0x0600, 0x0605},   Range{0x061c, 0x061c},
    Range{0x06dd, 0x06dd},   Range{0x070f, 0x070f},   Range{0x0890, 0x0891},
    Range{0x08e2, 0x08e2},   Range{0x115f, 0x1160},   Range{0x17b4, 0x17b5},
    Range{0x180b, 0x180f},   Range{0x200b, 0x200f},   Range{0x2028, 0x202e},
    Range{0x2060, 0x206f},   Range{0x3164, 0x3164},   Range{0xe000, 0xf8ff},
    Range{0xfdd0, 0xfdef},   Range{0xfe00, 0xfe0f},   Range{0xfeff, 0xfeff},
    Range{0xffa0, 0xffa0},   Range{0xfff0, 0xfffb},   Range{0xfffe, 0xffff},
    Range{0x110bd, 0x110bd}, Range{0x110cd, 0x110cd}, Range{0x13430, 0x1343f},
    Range{0x1bca0, 0x1bca3}, Range{0x1d173, 0x1d17a}, Range{0xe0000, 0xe0fff},
    Range{0xf0000, 0x10ffff}};

void append_hex(std::string& out, unsigned value, int digits) {
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += kHex[(value >> shift) & 15];
}

// All but printable ASCII, and what is escaped in a string. A table, as this is asked of every
// octet.
constexpr auto kSpecial = [] {
  std::array<bool, 256> table{};
  for (std::size_t octet = 0; octet < table.size(); ++octet)
    table[octet] = octet < 0x20 || octet > 0x7e || octet == '\\' || octet == '"';
  return table;
}();

// A run of printable ASCII is by far the most common text, so it is copied in one piece.
std::size_t plain_run(std::string_view text) {
  auto special = [](char c) { return kSpecial[static_cast<unsigned char>(c)]; };
  return static_cast<std::size_t>(std::ranges::find_if(text, special) - text.begin());
}

std::string escape(std::string_view text, std::string_view backslash) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto run = plain_run(text);
    out.append(text.substr(0, run));
    text.remove_prefix(run);
    if (text.empty()) break;
    auto [code_point, length] = decode_utf8(text);
    if (length == 0 || code_point < 0x20 || code_point == 0x7f) {
      out += "\\x";
      append_hex(out, static_cast<unsigned char>(text[0]), 2);
      length = 1;
    } else if (code_point == '\\') {
      out += backslash;
    } else if (is_unsafe(code_point)) {
      out += "\\u{";
      append_hex(out, code_point, code_point > 0xffff ? 6 : 4);
      out += '}';
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace

bool is_unsafe(char32_t code_point) {
  if ((code_point & 0xfffe) == 0xfffe) return true;
  auto after = std::ranges::upper_bound(kUnsafe, code_point, {}, &Range::first);
  return after != kUnsafe.begin() && code_point <= std::prev(after)->last;
}

Utf8 decode_utf8(std::string_view text) {
  if (text.empty()) return {};
  auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = octet(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {};
  char32_t code_point = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((octet(i) & 0xc0) != 0x80) return {};
    code_point = code_point << 6 | (octet(i) & 0x3fU);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
  if (code_point < kLeast.at(length) || surrogate || code_point > 0x10ffff) return {};
  return {code_point, length};
}

std::string escape_text(std::string_view text) {
  return escape(text, "\\\\");
}

std::string escape_unsafe(std::string_view text) {
  return escape(text, "\\");
}

bool is_plain(std::string_view text) {
  return plain_run(text) == text.size();
}

void append_json(std::string& out, std::string_view text) {
  while (!text.empty()) {
    auto run = plain_run(text);
    out.append(text.substr(0, run));
    text.remove_prefix(run);
    if (text.empty()) break;
    auto [code_point, length] = decode_utf8(text);
    if (length == 0) {
      out += "\\\\x";
      append_hex(out, static_cast<unsigned char>(text[0]), 2);
      length = 1;
    } else if (code_point == '"' || code_point == '\\') {
      out += '\\';
      out += static_cast<char>(code_point);
    } else if (code_point == '\n') {
      out += "\\n";
    } else if (code_point > 0xffff && is_unsafe(code_point)) {
      out += "\\u";  // RFC 8259 section 7: a surrogate pair
      append_hex(out, 0xd800 + ((code_point - 0x10000) >> 10), 4);
      out += "\\u";
      append_hex(out, 0xdc00 + ((code_point - 0x10000) & 0x3ff), 4);
    } else if (is_unsafe(code_point)) {
      out += "\\u";
      append_hex(out, code_point, 4);
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
}

std::string quote(std::string_view text, std::size_t limit) {
  std::string out = "\"";
  std::size_t characters = 0;
  while (!text.empty()) {
    auto length = std::max<std::size_t>(decode_utf8(text).length, 1);
    std::string escaped = escape_text(text.substr(0, length));
    auto width = escaped[0] == '\\' ? escaped.size() : 1;
    if (characters + width > limit) return out + "\"...";
    characters += width;
    out += escaped;
    text.remove_prefix(length);
  }
  return out + '"';
}

}  // namespace mailtrust
