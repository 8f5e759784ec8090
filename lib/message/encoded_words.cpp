// Encoded words. RFC 2047, RFC 2231 section 5 (a language behind the character set).
#include <optional>
#include <vector>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "message/address.hpp"
#include "message/charset.hpp"

namespace mailtrust::message {
namespace {

struct Word {
  std::string text;      ///< UTF-8
  std::size_t size = 0;  ///< octets of the word as written
};

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
  auto decoded = to_utf8(text.substr(2, charset - 2), *octets);
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
