#include "net/address.hpp"

#include <catch2/catch.hpp>

using mailtrust::net::Address;
using mailtrust::net::Prefix;

TEST_CASE("addresses are read strictly and written by RFC 5952") {
  struct Row {
    const char* text;
    const char* canonical;  // nullptr: not an address
  };

  auto row = GENERATE(values<Row>({
      {"192.0.2.1", "192.0.2.1"},
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"256.0.0.1", nullptr},
      {"192.0.2", nullptr},
      {"192.0.2.1.", nullptr},
      {"192.0.2.01", nullptr},
      {"0300.0.2.1", nullptr},
      {"0xc0.0.2.1", nullptr},
      {" 192.0.2.1", nullptr},
      {"192.0.2.1 ", nullptr},
      {"+1.0.2.1", nullptr},
      {"", nullptr},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"2001:DB8::0:1", "2001:db8::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
      {"::ffff:c000:201", "::ffff:192.0.2.1"},
      {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
      {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
      {"1:2:3:4:5:6:7:8:9", nullptr},
      {"1:2:3:4:5:6:7", nullptr},
      {"1:2:3:4:5:6:7:1.2.3.4", nullptr},
      {"1::2::3", nullptr},
      {":::", nullptr},
      {":1", nullptr},
      {"1:", nullptr},
      {"12345::", nullptr},
      {"fe80::1%eth0", nullptr},
      {"[::1]", nullptr},
      {"1.2.3.4::", nullptr},
      {"::1.2.3", nullptr},
      {"1:2:3:4:5:6:7::8", nullptr},
      {"1:2:3:4:5:6::8", "1:2:3:4:5:6:0:8"},
  }));
  INFO(row.text);
  auto address = Address::read(row.text);
  REQUIRE(address.has_value() == (row.canonical != nullptr));
  if (address) CHECK(to_string(*address) == row.canonical);
}

TEST_CASE("a wrong address is told with what was expected") {
  auto address = Address::parse("1.2.3");
  REQUIRE(!address);
  CHECK(address.error().message ==
        "\"1.2.3\": not an address; expected one such as 192.0.2.1 or 2001:db8::1");
}

TEST_CASE("prefixes hold what their leading bits say") {
  auto prefix = Prefix::read("192.0.2.77/28").value();
  CHECK(to_string(prefix.first()) == "192.0.2.64");
  CHECK(to_string(prefix.last()) == "192.0.2.79");
  CHECK(prefix.contains(*Address::read("192.0.2.64")));
  CHECK(prefix.contains(*Address::read("192.0.2.79")));
  CHECK(!prefix.contains(*Address::read("192.0.2.80")));
  CHECK(!prefix.contains(*Address::read("2001:db8::1")));
  CHECK(Prefix::read("0.0.0.0/0")->contains(*Address::read("255.1.2.3")));
  CHECK(to_string(Prefix::read("2001:db8:ffff::/33")->last()) ==
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
  CHECK(Prefix::read("192.0.2.1")->length == 32);
  for (const char* bad : {"192.0.2.0/33", "192.0.2.0/", "192.0.2.0/01", "2001:db8::/129", "/8",
                          "192.0.2.0/8/8", "192.0.2.0/-1"}) {
    INFO(bad);
    CHECK(!Prefix::read(bad));
  }
}

TEST_CASE("IPv4-mapped addresses unwrap, and names reverse") {
  CHECK(to_string(Address::read("::ffff:192.0.2.1")->unmapped()) == "192.0.2.1");
  CHECK(to_string(Address::read("::fffe:192.0.2.1")->unmapped()) == "::fffe:c000:201");
  CHECK(reverse_name(*Address::read("192.0.2.1")) == "1.2.0.192.in-addr.arpa");
  CHECK(reverse_name(*Address::read("2001:db8::1")) ==
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
}
