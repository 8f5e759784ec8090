#include "list/line.hpp"

#include <random>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using namespace mailtrust;
using list::Code;
using list::Kind;

namespace {

constexpr std::string_view kExpected =
    "expected an address, a prefix, a range, user@domain or @domain";

struct Good {
  std::string_view octets;
  Kind kind;
  std::string_view entry;
  std::string_view comment;
};

struct Bad {
  std::string octets;
  Code code;
  std::size_t column;
  std::string message;
};

struct Risky {
  std::string_view octets;
  Code code;
  std::string_view text;
};

std::uint32_t bit(Code code) {
  return std::uint32_t{1} << static_cast<unsigned>(code);
}

}  // namespace

TEST_CASE("lines that hold an entry") {
  auto row = GENERATE(values<Good>({
      {"192.0.2.1", Kind::address, "192.0.2.1", ""},
      {"192.0.2.10;", Kind::address, "192.0.2.10", ""},
      {" \t192.0.2.1 ; a; b \r", Kind::address, "192.0.2.1", "a; b"},
      {"<192.0.2.1>;< x >", Kind::address, "192.0.2.1", "x"},
      {"192.0.2.1/32;one", Kind::address, "192.0.2.1", "one"},
      {"192.0.2.7/24", Kind::prefix, "192.0.2.0/24", ""},
      {"192.0.2.1 - 192.0.2.9", Kind::range, "192.0.2.1-192.0.2.9", ""},
      {"192.0.2.0-192.0.2.255", Kind::prefix, "192.0.2.0/24", ""},
      {"192.0.2.1-192.0.2.1", Kind::address, "192.0.2.1", ""},
      {"2001:DB8:0:0::1", Kind::address, "2001:db8::1", ""},
      {"2001:db8::/32", Kind::prefix, "2001:db8::/32", ""},
      {"::ffff:192.0.2.1", Kind::address, "192.0.2.1", ""},
      {"::ffff:192.0.2.0/120", Kind::prefix, "192.0.2.0/24", ""},
      {"0.0.0.0/0", Kind::prefix, "0.0.0.0/0", ""},
      {"::/0", Kind::prefix, "::/0", ""},
      {"News@Shop.Example;My Shop", Kind::mailbox, "news@shop.example", "My Shop"},
      {"\"a b\"@example.org", Kind::mailbox, "\"a b\"@example.org", ""},
      {"<#Ann@example.org>;x", Kind::mailbox, "<#ann@example.org>", "x"},
      {"@Shop.Example", Kind::domain, "@shop.example", ""},
      {"@m\xc3\xbcller.example", Kind::domain, "@xn--mller-kva.example", ""},
      {"192.0.2.1;caf\xc3\xa9", Kind::address, "192.0.2.1", "caf\xc3\xa9"},
  }));
  INFO(row.octets);
  auto line = list::read_line(row.octets);
  REQUIRE(line.content == list::Line::Content::entry);
  CHECK(line.kind == row.kind);
  CHECK(to_string(list::entry_of(line)) == row.entry);
  CHECK(list::Entry::parse(row.entry) == list::entry_of(line));
  CHECK(line.comment == row.comment);
}

TEST_CASE("an entry is read again from its own text") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 2000; ++i) {
    auto family = random() % 2 == 0 ? net::Family::v4 : net::Family::v6;
    auto bits = net::width(family);
    auto high = net::Uint128{random()} << 64 | random();
    auto first = high >> (128 - bits);
    auto hosts = (net::Uint128{1} << (random() % bits)) - 1;
    auto last = first | hosts;
    if (random() % 2 == 0) first &= ~hosts;  // a prefix, else any range
    auto block = list::Block{family, first, last};
    auto text = to_string(block);
    INFO(text);
    auto entry = list::Entry::parse(text);
    REQUIRE(entry);
    CHECK(entry->block == block);
    CHECK(to_string(*entry) == text);
  }
}

TEST_CASE("lines that hold nothing") {
  std::string_view octets = GENERATE("", "  ", "\r", "# a remark", "  # 192.0.2.1", "#");
  INFO(octets);
  CHECK(list::read_line(octets).content == list::Line::Content::nothing);
}

TEST_CASE("what is wrong with a line, and where") {
  std::string expected(kExpected);
  auto row = GENERATE_COPY(values<Bad>({
      {"192.0.2.;dot", Code::bad_address, 9,
       "\"192.0.2.\": not an address: expected a number from 0 to 255 as part 4 of 4"},
      {"192.0.2.x;letter", Code::bad_address, 9,
       "\"192.0.2.x\": not an address: expected a number from 0 to 255 as part 4 of 4"},
      {"192.0.2", Code::bad_address, 7,
       "\"192.0.2\": only 3 of 4 numbers; expected one such as 192.0.2.1"},
      {"192.0.2.1.1", Code::bad_address, 11,
       "\"192.0.2.1.1\": more than four numbers; expected one such as 192.0.2.1"},
      {"  192.0.2.256", Code::bad_address, 11, "\"192.0.2.256\": a number above 255"},
      {"192.0.2.01", Code::bad_address, 9,
       "\"192.0.2.01\": a leading zero, which some read as octal; expected a decimal number "
       "without"},
      {"0xc0.0.2.1", Code::bad_address, 1,
       "\"0xc0.0.2.1\": a hexadecimal number; expected one such as 192.0.2.1"},
      {"3221225985", Code::bad_address, 1,
       "\"3221225985\": a number; expected an address such as 192.0.2.1"},
      {"192.0.2.1:25", Code::bad_address, 10,
       "\"192.0.2.1:25\": a port; expected the address alone"},
      {"[2001:db8::1]:25", Code::bad_address, 1,
       "\"[2001:db8::1]:25\": brackets; expected the address alone"},
      {"fe80::1%eth0", Code::bad_address, 8,
       "\"fe80::1%eth0\": a zone; expected the address alone"},
      {"2001:db8::1::2", Code::bad_address, 12, "\"2001:db8::1::2\": \"::\" more than once"},
      {"2001:db8::g", Code::bad_address, 11,
       "\"2001:db8::g\": not an address: \"g\" cannot be part of one"},
      {"1:2:3:4:5:6:7;short", Code::bad_address, 1,
       "\"1:2:3:4:5:6:7\": not an IPv6 address: expected eight groups of up to four hexadecimal "
       "digits, or fewer with one \"::\""},
      {"192.0.2.0/33", Code::bad_prefix, 11,
       "\"192.0.2.0/33\": expected a prefix length from 0 to 32"},
      {"192.0.2.0/", Code::bad_prefix, 11, "\"192.0.2.0/\": expected a prefix length from 0 to 32"},
      {"192.0.2.0/024", Code::bad_prefix, 11,
       "\"192.0.2.0/024\": expected a prefix length from 0 to 32"},
      {"2001:db8::/129", Code::bad_prefix, 12,
       "\"2001:db8::/129\": expected a prefix length from 0 to 128"},
      {"192.0.2.9-192.0.2.1", Code::bad_range, 11,
       "\"192.0.2.9-192.0.2.1\": the range ends before it begins"},
      {"192.0.2.1-2001:db8::1", Code::bad_range, 11,
       "\"192.0.2.1-2001:db8::1\": IPv4 and IPv6 in one range"},
      {"192.0.2.0/24-192.0.3.0", Code::bad_range, 1,
       "\"192.0.2.0/24-192.0.3.0\": a prefix at the end of a range; expected ADDRESS-ADDRESS"},
      {"a..b@example.org", Code::bad_mailbox, 1,
       "\"a..b@example.org\": what stands before the \"@\" is no mailbox; expected user@domain or "
       "@domain"},
      {"*@example.org", Code::bad_mailbox, 1,
       "\"*@example.org\": a whole domain is written @example.org"},
      {"user@", Code::bad_domain, 6, "\"user@\": no domain behind the \"@\""},
      {"user@192.0.2.1", Code::bad_domain, 6,
       "\"user@192.0.2.1\": what stands behind the \"@\" is no domain; expected one such as "
       "example.org"},
      {"mail.example.org;a name", Code::host_name, 1,
       "\"mail.example.org\": a host name; " + expected},
      {"localhost", Code::host_name, 1, "\"localhost\": a host name; " + expected},
      {"https://example.org/", Code::host_name, 1, "\"https://example.org/\": a link; " + expected},
      {"192.0.2.1,My Newsletter", Code::separator, 10,
       "\"192.0.2.1,My Newsletter\": expected \";\" between the entry and its comment"},
      {"192.0.2.1 # why", Code::separator, 10,
       "\"192.0.2.1 # why\": expected \";\" between the entry and its comment"},
      {"a@example.org\tb", Code::separator, 14,
       "\"a@example.org\\x09b\": expected \";\" between the entry and its comment"},
      {"\xd9\xa1.0.2.1", Code::invisible, 1,
       "\"\xd9\xa1.0.2.1\": an invisible or foreign character, U+0661; expected plain ASCII"},
      {"192.0.2.1\xe2\x80\x8b;c", Code::invisible, 10,
       "\"192.0.2.1\\u{200b}\": an invisible or foreign character, U+200B; expected plain ASCII"},
      {std::string("192.0.2.1\0;nul", 14), Code::invisible, 10,
       "a NUL octet; expected text in UTF-8"},
      {"192.0.2.1;\xff", Code::not_utf8, 11, "octets that are not UTF-8"},
      {"192.0.2.1;a\r192.0.2.2", Code::line_end, 12,
       "a carriage return inside the line; expected lines that end in LF or CRLF"},
      {";a comment", Code::no_entry, 1, "no entry before the \";\"; " + expected},
  }));
  INFO(row.octets);
  REQUIRE(list::read_line(row.octets).content == list::Line::Content::fault);
  auto fault = list::diagnose(row.octets);
  CHECK(to_string(fault.code) == to_string(row.code));
  CHECK(fault.column == row.column);
  CHECK(fault.message == row.message);
  CHECK(list::is_error(fault.code));
}

TEST_CASE("what a line warns of") {
  auto row = GENERATE(values<Risky>({
      {"192.0.2.7/24", Code::host_bits,
       "\"192.0.2.7/24\": bits are set behind the prefix length; taken as 192.0.2.0/24"},
      {"::ffff:192.0.2.10", Code::mapped,
       "\"::ffff:192.0.2.10\": IPv4 written as IPv6; taken as 192.0.2.10"},
      {"11.0.0.0/8", Code::wide, "11.0.0.0/8 is very wide: /8 or more"},
      {"11.0.0.0-12.0.0.0", Code::wide, "11.0.0.0-12.0.0.0 is very wide: /8 or more"},
      {"2600::/16", Code::wide, "2600::/16 is very wide: /16 or more"},
      {"100.64.3.3", Code::special,
       "100.64.3.3 is shared address space (RFC 6598): no mail comes from there over the Internet"},
      {"fd00::/8", Code::special,
       "fd00::/8 is unique local (RFC 4193): no mail comes from there over the Internet"},
  }));
  INFO(row.octets);
  auto line = list::read_line(row.octets);
  CHECK((list::warnings_of(line) & bit(row.code)) != 0);
  CHECK(list::describe(row.code, line) == row.text);
  CHECK_FALSE(list::is_error(row.code));
}

TEST_CASE("lines without a warning") {
  std::string_view octets =
      GENERATE("192.0.2.1", "11.0.0.0/9", "2600::/17", "8.8.8.8", "2001:db8::1", "198.51.100.0/24",
               "@example.org", "user@example.org", "9.0.0.0-9.255.255.254");
  INFO(octets);
  CHECK(list::warnings_of(list::read_line(octets)) == 0);
}
