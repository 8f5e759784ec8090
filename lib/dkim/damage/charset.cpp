#include <algorithm>
#include <array>

#include "base/escape.hpp"
#include "base/utf8.hpp"
#include "dkim/damage/recode.hpp"

namespace mailtrust::dkim::damage {
namespace {

// 0x80 to 0x9F of windows-1252; 0: not assigned.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

struct Difference {
  unsigned char octet;
  char32_t code_point;
};

// Where ISO-8859-15 is not ISO-8859-1.
constexpr std::array<Difference, 8> kLatin9 = {{{0xA4, 0x20AC},
                                                {0xA6, 0x0160},
                                                {0xA8, 0x0161},
                                                {0xB4, 0x017D},
                                                {0xB8, 0x017E},
                                                {0xBC, 0x0152},
                                                {0xBD, 0x0153},
                                                {0xBE, 0x0178}}};

char32_t code_point(unsigned char octet, Charset charset) {
  if (charset == Charset::windows1252 && octet >= 0x80 && octet < 0xA0)
    return kWindows1252.at(octet - 0x80U);
  if (charset == Charset::latin9) {
    const auto* found = std::ranges::find(kLatin9, octet, &Difference::octet);
    if (found != kLatin9.end()) return found->code_point;
  }
  return octet;
}

std::optional<char> octet_for(char32_t wanted, Charset charset) {
  for (unsigned octet = 0x80; octet < 0x100; ++octet)
    if (code_point(static_cast<unsigned char>(octet), charset) == wanted)
      return static_cast<char>(octet);
  return std::nullopt;
}

std::optional<std::string> to_utf8(std::string_view text, Charset from) {
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  for (char c : text) {
    if ((c & '\x80') == 0) {
      out += c;
      continue;
    }
    auto found = code_point(static_cast<unsigned char>(c), from);
    if (found == 0) return std::nullopt;
    append_utf8(out, found);
  }
  return out;
}

std::optional<std::string> from_utf8(std::string_view text, Charset to) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if ((text.front() & '\x80') == 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    auto decoded = decode_utf8(text);
    if (decoded.length == 0) return std::nullopt;
    auto octet = octet_for(decoded.code_point, to);
    if (!octet) return std::nullopt;
    out += *octet;
    text.remove_prefix(decoded.length);
  }
  return out;
}

}  // namespace

std::string_view to_string(Charset charset) {
  switch (charset) {
    case Charset::utf8: return "utf-8";
    case Charset::latin1: return "iso-8859-1";
    case Charset::latin9: return "iso-8859-15";
    case Charset::windows1252: return "windows-1252";
  }
  return "";
}

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (c & '\x80') != 0; });
}

std::optional<std::string> convert(std::string_view text, Charset from, Charset to) {
  if (from != Charset::utf8) {
    auto unicode = to_utf8(text, from);
    if (!unicode || to == Charset::utf8) return unicode;
    return from_utf8(*unicode, to);
  }
  return to == Charset::utf8 ? std::nullopt : from_utf8(text, to);
}

}  // namespace mailtrust::dkim::damage
