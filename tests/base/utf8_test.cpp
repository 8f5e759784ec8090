#include "base/utf8.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;

TEST_CASE("a code point as UTF-8") {
  struct Row {
    std::uint32_t code_point;
    std::string octets;
  };

  auto row = GENERATE(
      Row{0x41, "A"}, Row{0x7f, "\x7f"}, Row{0x80, "\xc2\x80"}, Row{0x7ff, "\xdf\xbf"},
      Row{0x800, "\xe0\xa0\x80"}, Row{0xffff, "\xef\xbf\xbf"}, Row{0x10000, "\xf0\x90\x80\x80"},
      Row{0x10ffff, "\xf4\x8f\xbf\xbf"}, Row{0x110000, ""}, Row{0xd800, ""}, Row{0xdfff, ""});
  std::string out = "a";
  append_utf8(out, row.code_point);
  CHECK(out == "a" + row.octets);
}

TEST_CASE("is it UTF-8") {
  CHECK(is_utf8(""));
  CHECK(is_utf8(std::string("a\0\xc3\xbc\xf4\x8f\xbf\xbf", 8)));
  for (const char* text :
       {"\xfc", "a\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80z"}) {
    INFO(text);
    CHECK_FALSE(is_utf8(text));
  }
}
