#include "dkim/damage/encoded_words.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/escape.hpp"
#include "dkim/damage/recode.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kEncodedWord = 75;  // RFC 2047 section 2

// Q encoding as it must be inside phrases (narrow), or with all that is allowed in a Subject.
std::string q_encoded(std::string_view text, bool narrow) {
  constexpr std::string_view kSafe = "!*+-/";
  std::string out;
  for (char c : text) {
    bool plain = narrow ? ascii::is_alnum(c) || kSafe.find(c) != std::string_view::npos
                        : c > ' ' && c <= '~' && c != '=' && c != '?' && c != '_';
    if (plain)
      out += c;
    else if (c == ' ')
      out += '_';
    else
      append_escaped(out, c);
  }
  return out;
}

struct WordStyle {
  std::string_view charset;
  char method;  // Q, q, B, b
  bool narrow = false;
};

std::string encoded(std::string_view text, const WordStyle& style) {
  bool base64 = ascii::lower(style.method) == 'b';
  return "=?" + std::string(style.charset) + "?" + style.method + "?" +
         (base64 ? encode_base64(text) : q_encoded(text, style.narrow)) + "?=";
}

// As many words as it takes to keep each within 75 octets, cut between characters.
std::string encoded_words(std::string_view text, const WordStyle& style) {
  std::string out;
  while (!text.empty()) {
    auto size = text.size();
    for (std::size_t at = 0; at < text.size();) {
      auto step = std::max<std::size_t>(decode_utf8(text.substr(at)).length, 1);
      if (encoded(text.substr(0, at + step), style).size() > kEncodedWord && at > 0) {
        size = at;
        break;
      }
      at += step;
    }
    out += (out.empty() ? "" : " ") + encoded(text.substr(0, size), style);
    text.remove_prefix(size);
  }
  return out;
}

constexpr std::array<WordStyle, 12> kUtf8Styles = {{{"UTF-8", 'Q', false},
                                                    {"UTF-8", 'Q', true},
                                                    {"UTF-8", 'B', false},
                                                    {"utf-8", 'q', true},
                                                    {"utf-8", 'q', false},
                                                    {"utf-8", 'b', false},
                                                    {"utf-8", 'Q', false},
                                                    {"utf-8", 'Q', true},
                                                    {"utf-8", 'B', false},
                                                    {"UTF-8", 'q', false},
                                                    {"UTF-8", 'q', true},
                                                    {"UTF-8", 'b', false}}};

constexpr std::array<WordStyle, 6> kLatinStyles = {{{"ISO-8859-1", 'Q', false},
                                                    {"iso-8859-1", 'Q', false},
                                                    {"iso-8859-1", 'q', true},
                                                    {"iso-8859-1", 'q', false},
                                                    {"ISO-8859-1", 'B', false},
                                                    {"iso-8859-1", 'b', false}}};

}  // namespace

std::vector<std::string> encoded_in_other_ways(std::string_view text) {
  std::vector<std::string> writings = {std::string(text)};
  for (const auto& style : kUtf8Styles) writings.push_back(encoded_words(text, style));
  auto latin = convert(text, Charset::utf8, Charset::latin1);
  if (!latin) return writings;
  writings.push_back(*latin);
  for (const auto& style : kLatinStyles)
    if (auto word = encoded(*latin, style); word.size() <= kEncodedWord) writings.push_back(word);
  return writings;
}

}  // namespace mailtrust::dkim::damage
