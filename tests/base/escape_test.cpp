#include "base/escape.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;
using namespace std::string_literals;

TEST_CASE("text from outside is safe on a screen and in JSON") {
  struct Row {
    const char* what;
    std::string raw;
    std::string text;
    std::string json;
  };

  auto row = GENERATE(values<Row>({
      {"plain", "v=spf1 -all", "v=spf1 -all", "v=spf1 -all"},
      {"quotes and backslash", "a\"b\\c", "a\"b\\\\c", "a\\\"b\\\\c"},
      {"NUL", "a\0b"s, "a\\x00b", "a\\u0000b"},
      {"escape sequence", "\x1b[31m", "\\x1b[31m", "\\u001b[31m"},
      {"newline", "a\nb", "a\\x0ab", "a\\nb"},
      {"DEL", "\x7f", "\\x7f", "\\u007f"},
      {"C1 as UTF-8", "\xc2\x9b", "\\u{009b}", "\\u009b"},
      {"a lone octet", "\x9b!", "\\x9b!", "\\\\x9b!"},
      {"right-to-left override", "\xe2\x80\xaegpj", "\\u{202e}gpj", "\\u202egpj"},
      {"zero width joiner", "\xe2\x80\x8d", "\\u{200d}", "\\u200d"},
      {"an umlaut stays", "\xc3\xbc", "\xc3\xbc", "\xc3\xbc"},
      {"an emoji stays", "\xf0\x9f\x93\xa7", "\xf0\x9f\x93\xa7", "\xf0\x9f\x93\xa7"},
      {"overlong slash", "\xc0\xaf", "\\xc0\\xaf", "\\\\xc0\\\\xaf"},
      {"surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80", "\\\\xed\\\\xa0\\\\x80"},
      {"cut short", "\xe2\x82", "\\xe2\\x82", "\\\\xe2\\\\x82"},
      {"tag character", "\xf3\xa0\x81\x81", "\\u{0e0041}", "\\udb40\\udc41"},
  }));
  INFO(row.what);
  CHECK(escape_text(row.raw) == row.text);
  std::string json;
  append_json(json, row.raw);
  CHECK(json == row.json);
}

TEST_CASE("errors quote at most 80 escaped characters") {
  CHECK(quote("abc") == "\"abc\"");
  CHECK(quote(std::string(80, 'x')) == '"' + std::string(80, 'x') + '"');
  CHECK(quote(std::string(81, 'x')) == '"' + std::string(80, 'x') + "\"...");
  CHECK(quote(std::string(81, '\0')).size() == 80 + 5);
}

TEST_CASE("text that is escaped already keeps its backslashes") {
  CHECK(escape_unsafe("a\\.b\x1b") == "a\\.b\\x1b");
  CHECK(escape_text("a\\.b\x1b") == "a\\\\.b\\x1b");
}
