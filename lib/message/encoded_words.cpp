// Encoded words. RFC 2047, RFC 2231 section 5 (a language behind the character set).
#include <array>
#include <optional>
#include <vector>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "message/address.hpp"

namespace mailtrust::message {
namespace {

struct Word {
  std::string text;      ///< UTF-8
  std::size_t size = 0;  ///< octets of the word as written
};

void append_utf8(std::string& out, unsigned code_point) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xc0U | code_point >> 6U);
    out += static_cast<char>(0x80U | (code_point & 0x3fU));
  } else {
    out += static_cast<char>(0xe0U | code_point >> 12U);
    out += static_cast<char>(0x80U | (code_point >> 6U & 0x3fU));
    out += static_cast<char>(0x80U | (code_point & 0x3fU));
  }
}

struct Exception {
  unsigned octet;
  unsigned code_point;
};

// ISO-8859-1 but for these.
constexpr std::array kLatin9 = {Exception{0xa4, 0x20ac}, Exception{0xa6, 0x160},
                                Exception{0xa8, 0x161},  Exception{0xb4, 0x17d},
                                Exception{0xb8, 0x17e},  Exception{0xbc, 0x152},
                                Exception{0xbd, 0x153},  Exception{0xbe, 0x178}};
constexpr std::array<unsigned, 32> kWindows = {
    0x20ac, 0xfffd, 0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0xfffd, 0x17d,  0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0xfffd, 0x17e,  0x178};

unsigned latin1(unsigned octet) {
  return octet;
}

unsigned latin9(unsigned octet) {
  for (const auto& one : kLatin9)
    if (one.octet == octet) return one.code_point;
  return octet;
}

unsigned windows1252(unsigned octet) {
  return octet >= 0x80 && octet < 0xa0 ? kWindows.at(octet - 0x80) : octet;
}

using Decoder = unsigned (*)(unsigned octet);

struct CharacterSet {
  std::string_view name;
  Decoder decode;  ///< null: UTF-8 already
};

constexpr std::array kCharacterSets = {
    CharacterSet{"utf-8", nullptr}, CharacterSet{"us-ascii", nullptr},
    CharacterSet{"iso-8859-1", latin1}, CharacterSet{"iso-8859-15", latin9},
    CharacterSet{"windows-1252", windows1252}};

std::optional<std::string> to_utf8(std::string_view name, std::string octets) {
  name = name.substr(0, name.find('*'));
  for (const auto& set : kCharacterSets) {
    if (!ascii::iequals(set.name, name)) continue;
    if (set.decode == nullptr) return octets;
    std::string text;
    for (char c : octets) append_utf8(text, set.decode(static_cast<unsigned char>(c)));
    return text;
  }
  return std::nullopt;
}

// RFC 2047 section 4.2.
std::optional<std::string> decode_q(std::string_view text) {
  std::string octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      octets += text[i] == '_' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    int high = ascii::hex_value(text[i + 1]);
    int low = ascii::hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    octets += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return octets;
}

std::optional<std::string> decode_octets(std::string_view encoding, std::string_view text) {
  if (ascii::iequals(encoding, "q")) return decode_q(text);
  if (!ascii::iequals(encoding, "b")) return std::nullopt;
  auto decoded = decode_base64(text);
  if (!decoded) return std::nullopt;
  return std::move(decoded.octets);
}

// Where a part of a word ends that begins at `at`: at its "?", if no blank comes before it.
std::size_t part_end(std::string_view text, std::size_t at) {
  auto end = text.find_first_of("? \t\r\n", at);
  return end != std::string_view::npos && text[end] == '?' ? end : std::string_view::npos;
}

// "=?" charset "?" encoding "?" text "?=" at the start of `text`.
std::optional<Word> take_word(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  auto charset = part_end(text, 2);
  if (charset == std::string_view::npos) return std::nullopt;
  auto encoding = part_end(text, charset + 1);
  if (encoding == std::string_view::npos) return std::nullopt;
  auto end = part_end(text, encoding + 1);
  if (end == std::string_view::npos || text.substr(end, 2) != "?=") return std::nullopt;
  auto octets = decode_octets(text.substr(charset + 1, encoding - charset - 1),
                              text.substr(encoding + 1, end - encoding - 1));
  if (!octets) return std::nullopt;
  auto decoded = to_utf8(text.substr(2, charset - 2), std::move(*octets));
  if (!decoded) return std::nullopt;
  return Word{std::move(*decoded), end + 2};
}

}  // namespace

std::string decode_words(std::string_view text) {
  std::string out;
  std::size_t blanks_at = std::string::npos;  // in `out`: blanks behind a word, perhaps dropped
  while (!text.empty()) {
    if (auto word = take_word(text)) {
      // RFC 2047 section 6.2: blanks between two words are not shown.
      if (blanks_at != std::string::npos) out.resize(blanks_at);
      out += word->text;
      text.remove_prefix(word->size);
      blanks_at = out.size();
      continue;
    }
    if (!ascii::is_space(text.front())) blanks_at = std::string::npos;
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace mailtrust::message
