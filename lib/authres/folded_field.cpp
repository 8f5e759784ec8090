#include "authres/folded_field.hpp"

#include <algorithm>

#include "authres/scanner.hpp"
#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust::authres {
namespace {

constexpr std::size_t kLine = 78;
// Blanks and no tab: the field is shown on screens and pasted from there.
constexpr std::string_view kFold = "\r\n    ";

// RFC 5322 section 3.2.3, RFC 6532 section 3.2.
bool is_dot_atom(std::string_view text) {
  auto fits = [](char c) {
    constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~.";
    return ascii::is_alnum(c) || static_cast<unsigned char>(c) > 127 ||
           kOthers.find(c) != std::string_view::npos;
  };
  return !text.empty() && std::ranges::all_of(text, fits) && text.front() != '.' &&
         text.back() != '.' && text.find("..") == std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_octet);
}

// RFC 8601 section 2.2: `[ [ local-part ] "@" ] domain-name`.
bool is_address(std::string_view text) {
  auto at = text.find('@');
  if (at == std::string_view::npos) return false;
  auto local = text.substr(0, at);
  auto domain = text.substr(at + 1);
  return (local.empty() || is_dot_atom(local)) && is_dot_atom(domain) && is_token(domain);
}

// Every character printable, none that ends a line for any reader.
std::string harmless(std::string_view text) {
  std::string out;
  while (!text.empty() && out.size() < kMaxValue) {
    auto next = decode_utf8(text);
    bool safe = next.length > 0 && !is_unsafe(next.code_point);
    auto length = std::max<std::size_t>(next.length, 1);
    out += safe ? text.substr(0, length) : std::string_view("?");
    text.remove_prefix(length);
  }
  return text.empty() ? out : out + "...";
}

std::string with_backslashes(std::string_view text, std::string_view special) {
  std::string out;
  for (char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string quoted_value(std::string_view value) {
  return '"' + with_backslashes(harmless(value), "\"\\") + '"';
}

std::string written_value(std::string_view value) {
  auto clean = harmless(value);
  return is_token(clean) || is_address(clean) ? clean : quoted_value(value);
}

std::string written_token(std::string_view value) {
  auto clean = harmless(value);
  return is_token(clean) ? clean : quoted_value(value);
}

std::string written_dot_atom(std::string_view value) {
  auto clean = harmless(value);
  return is_dot_atom(clean) ? clean : quoted_value(value);
}

std::string written_comment(std::string_view text) {
  return '(' + with_backslashes(harmless(text), "()\\") + ')';
}

std::string written_keyword(std::string_view text) {
  std::string out(text.substr(0, kMaxValue));
  auto fits = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; };
  std::ranges::replace_if(
      out, [&](char c) { return !fits(c); }, '-');
  return out.empty() ? "unknown" : out;
}

FoldedField& FoldedField::word(std::string_view word) {
  if (fold_ || column_ + 1 + word.size() + 1 > kLine) {
    text_ += kFold;
    column_ = kFold.size() - 2;
  } else {
    text_ += ' ';
    ++column_;
  }
  fold_ = false;
  text_ += word;
  column_ += word.size();
  return *this;
}

FoldedField& FoldedField::mark(std::string_view mark) {
  text_ += mark;
  column_ += mark.size();
  return *this;
}

FoldedField& FoldedField::fold() {
  fold_ = true;
  return *this;
}

}  // namespace mailtrust::authres
