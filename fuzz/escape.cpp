// Text from outside on its way out: for a terminal, for JSON, for a spreadsheet. Whatever came in,
// what goes out is clean and can be read back.
#include "base/escape.hpp"

#include <string>

#include "base/ascii.hpp"
#include "base/csv.hpp"
#include "base/utf8.hpp"
#include "fuzz/target.hpp"
#include "json/value.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

void check_clean(std::string_view text) {
  while (!text.empty()) {
    if (text.front() >= ' ' && text.front() < 0x7f) {
      text.remove_prefix(1);
      continue;
    }
    auto next = decode_utf8(text);
    require(next.length > 0, "what goes out is UTF-8");
    require(!is_unsafe(next.code_point), "and nothing in it is unsafe");
    std::string again;
    append_utf8(again, next.code_point);
    require(again == text.substr(0, next.length), "one code point, one form");
    text.remove_prefix(next.length);
  }
}

std::uint32_t take_hex(std::string_view& text, char end) {
  std::uint32_t value = 0;
  for (int i = 0; i < 6 && !text.empty() && text.front() != end; ++i) {
    if (end == '\0' && i == 2) break;
    value = value * 16 +
            static_cast<std::uint32_t>(ascii::hex_value(static_cast<char>(fuzz::take(text))));
  }
  return value;
}

// `\\`, `\xHH`, `\u{HHHH}` as escape_text() writes them.
std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto c = static_cast<char>(fuzz::take(text));
    if (c != '\\') {
      out += c;
      continue;
    }
    auto kind = fuzz::take(text);
    if (kind == '\\') out += '\\';
    if (kind == 'x') out += static_cast<char>(take_hex(text, '\0'));
    if (kind != 'u') continue;
    require(fuzz::take(text) == '{', "an escape is whole");
    append_utf8(out, take_hex(text, '}'));
    require(fuzz::take(text) == '}', "to its end");
  }
  return out;
}

void check_json(std::string_view octets) {
  std::string json = "\"";
  append_json(json, octets);
  json += '"';
  check_clean(json);
  auto value = json::parse(json, SIZE_MAX);
  require(value && value->is_text(), "it is a JSON string");
}

// RFC 4180: quotes around, quotes doubled within.
void check_csv(std::string_view octets) {
  std::string cell;
  append_csv_cell(cell, octets);
  check_clean(cell);
  require(cell.size() >= 2 && cell.front() == '"' && cell.back() == '"', "a cell is quoted");
  auto inside = cell.substr(1, cell.size() - 2);
  require(inside.empty() || std::string_view("=+-@").find(inside[0]) == std::string_view::npos,
          "no cell is a formula");
  for (std::size_t i = 0; i < inside.size(); ++i)
    if (inside[i] == '"')
      require(i + 1 < inside.size() && inside[++i] == '"', "it ends at its end");
}

}  // namespace

MAILTRUST_FUZZ(escape, octets) {
  auto text = escape_text(octets);
  check_clean(text);
  require(unescaped(text) == octets, "what was escaped can be read back");
  check_clean(escape_unsafe(octets));
  if (is_plain(octets)) require(text == octets, "what is plain stays as it is");
  auto quoted = quote(octets, 8);
  check_clean(quoted);
  require(quoted.size() <= 8 * 10 + 5, "what is quoted is short");
  check_json(octets);
  check_csv(octets);
}
