#include "dns/txt_line.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;

TEST_CASE("a TXT record is pasted in strings of at most 255 octets") {
  auto name = *dns::Name::read("example.org");
  CHECK(dns::txt_line(name, "") == "example.org. IN TXT \"\"");
  CHECK(dns::txt_line(name, "a\"\\\x01\xff") == "example.org. IN TXT \"a\\\"\\\\\\001\\255\"");
  auto long_word = std::string(300, 'x');
  CHECK(dns::txt_line(name, long_word) == "example.org. IN TXT \"" + long_word.substr(0, 255) +
                                              "\" \"" + long_word.substr(255) + '"');
  CHECK(dns::txt_line(name, "a b" + long_word).starts_with("example.org. IN TXT \"a \" \"bxxx"));
}
