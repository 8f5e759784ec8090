#include "dns/public_suffix.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;

TEST_CASE("an organizational domain by the list has one label more than a suffix") {
  struct Row {
    std::string domain, organization;
  };

  auto row = GENERATE(values<Row>({
      {"example.com", "example.com"},
      {"a.b.example.com", "example.com"},
      {"A.Example.CO.UK", "Example.CO.UK"},
      {"co.uk", "co.uk"},
      {"com", "com"},
      {"a.b.example", "b.example"},
      {"a.b.city.kobe.jp", "city.kobe.jp"},
      {"a.b.c.kobe.jp", "b.c.kobe.jp"},
      {"a.b.xn--55qx5d.cn", "b.xn--55qx5d.cn"},
      {"a.b.github.io", "b.github.io"},
      {"x_y.example.org", "example.org"},
      {std::string("a\0b.example.org", 15), "example.org"},
  }));
  INFO(row.domain);
  CHECK(to_string(dns::registrable_domain(*dns::Name::read(row.domain))) == row.organization);
}

TEST_CASE("a dot inside a label parts nothing") {
  auto name = dns::Name::read_presentation("www.exam\\.ple.org.");
  REQUIRE(name);
  CHECK(to_string(dns::registrable_domain(*name)) == "exam\\.ple.org");
}

TEST_CASE("the list says of which day it is") {
  auto date = dns::public_suffix_list_date();
  CHECK((date.empty() || (date.size() == 10 && date.starts_with("20"))));
}
