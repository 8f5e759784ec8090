// Ranges, dates, countries and octets as servers write them.
#include <string>

#include <catch2/catch.hpp>

#include "whois/country.hpp"
#include "whois/date.hpp"
#include "whois/range.hpp"
#include "whois/text.hpp"

namespace mailtrust::whois {
namespace {

std::string told(const std::optional<net::Range>& range) {
  return range ? to_string(range->first) + " - " + to_string(range->last) : "";
}

TEST_CASE("ranges in all spellings") {
  struct Row {
    std::string text;
    const char* range;
  };

  auto row = GENERATE(values<Row>({
      {"192.0.2.0 - 192.0.2.255", "192.0.2.0 - 192.0.2.255"},
      {"192.0.2.0-192.0.2.255", "192.0.2.0 - 192.0.2.255"},
      {"  192.0.2.0  -  192.0.2.255  ", "192.0.2.0 - 192.0.2.255"},
      {"192.000.002.000 - 192.000.002.255", "192.0.2.0 - 192.0.2.255"},
      {"192.0.2.0/24", "192.0.2.0 - 192.0.2.255"},
      {"192.0.2.7/24", "192.0.2.0 - 192.0.2.255"},
      {"177.224/13", "177.224.0.0 - 177.231.255.255"},
      {"200.57.128/20", "200.57.128.0 - 200.57.143.255"},
      {"192.0.2.0 - 192.0.2.255 (/24)", "192.0.2.0 - 192.0.2.255"},
      {"192.0.2.0/32 - 192.0.2.255/32", "192.0.2.0 - 192.0.2.255"},
      {"192.0.2.0 255.255.255.0", "192.0.2.0 - 192.0.2.255"},
      {"192.0.2.0/255.255.255.240", "192.0.2.0 - 192.0.2.15"},
      {"192.0.2.7", "192.0.2.7 - 192.0.2.7"},
      {"0.0.0.0 - 255.255.255.255", "0.0.0.0 - 255.255.255.255"},
      {"2001:db8::/32", "2001:db8:: - 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"2001:DB8:0:0::/64", "2001:db8:: - 2001:db8::ffff:ffff:ffff:ffff"},
      {"2001:db8/32", "2001:db8:: - 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"2001:db8:: - 2001:db8::ff", "2001:db8:: - 2001:db8::ff"},
      {"192.0.2.255 - 192.0.2.0", ""},
      {"192.0.2.0 - 2001:db8::", ""},
      {"192.0.2.0/33", ""},
      {"192.0.2.0/255.0.255.0", ""},
      {"192.0.2.256", ""},
      {"1.2.3.4.5/8", ""},
      {"Example Inc.", ""},
      {"", ""},
      {"-", ""},
      {"/", ""},
      {std::string(200, '1'), ""},
  }));
  INFO(row.text);
  CHECK(told(read_range(row.text)) == row.range);
}

TEST_CASE("of a list the range around the address") {
  auto address = *net::Address::read("198.51.100.1");
  CHECK(told(read_range_around("192.0.2.0/24, 198.51.100.0/24", address)) ==
        "198.51.100.0 - 198.51.100.255");
  CHECK(told(read_range_around("192.0.2.0/24,", address)) == "192.0.2.0 - 192.0.2.255");
  CHECK(told(read_range_around(",,", address)).empty());
}

TEST_CASE("dates in all spellings") {
  struct Row {
    const char* text;
    std::int64_t time;  ///< 0: none
  };

  auto row = GENERATE(values<Row>({
      {"2010-01-31", 1264896000},
      {"20100131", 1264896000},
      {"2010/01/31", 1264896000},
      {"2010-01-31T12:34:56Z", 1264941296},
      {"2010/01/31 12:34:56(JST)", 1264908896},
      {"hostmaster@isp.example 20100131", 1264896000},
      {"registered on 2010-01-31.", 1264896000},
      {"20100131 (start)", 1264896000},
      {"1970-01-01T00:00:00Z", 0},
      {"2010-02-30", 0},
      {"20101301", 0},
      {"201001311", 0},
      {"2010-01-3", 0},
      {"2010", 0},
      {"2010-01/31", 0},
      {"", 0},
      {"C20100131", 0},
  }));
  INFO(row.text);
  CHECK(read_date(row.text).value_or(0) == row.time);
}

TEST_CASE("countries by code and name") {
  CHECK(read_country("de") == "DE");
  CHECK(read_country(" EU # worldwide") == "EU");
  CHECK(read_country("uk") == "GB");
  CHECK(read_country("KOREA") == "KR");
  CHECK(read_country("united states") == "US");
  CHECK(read_country("USA") == "US");
  CHECK(read_country("ZZ").empty());
  CHECK(read_country("Atlantis").empty());
  CHECK(read_country("1A").empty());
  CHECK(read_country("").empty());
}

TEST_CASE("octets become text") {
  using namespace std::string_literals;
  CHECK(readable("plain\n") == "plain\n");
  CHECK(readable("Fran\xe7"
                 "a") ==
        "Fran\xc3\xa7"
        "a");
  CHECK(readable("Fran\xc3\xa7"
                 "a") ==
        "Fran\xc3\xa7"
        "a");
  CHECK(readable("a\0b"s) == "a b");
  CHECK(readable("x \x1b$B%M%C:@\x1b(B y") == "x  y");
  CHECK(readable("x \x1b$B%M%C\ny") == "x \ny");
  CHECK(readable("\x1b$") == "");
  CHECK(readable("\xff") == "\xc3\xbf");
  CHECK(readable("\xef\xbb\xbfinetnum:") == "inetnum:");
}

TEST_CASE("lines end in three ways") {
  std::string_view text = "a\r\nb\nc\rd\n\ne";
  std::string lines;
  while (!text.empty()) lines += std::string(take_line(text)) + '|';
  CHECK(lines == "a|b|c|d||e|");
}

}  // namespace
}  // namespace mailtrust::whois
