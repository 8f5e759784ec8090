#include "abuse/scope.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;
using abuse::range_from;
using abuse::scope_of;
using abuse::to_text;

namespace {

net::Range range(const std::string& text) {
  auto read = range_from(text);
  REQUIRE(read);
  return *read;
}

}  // namespace

TEST_CASE("a range is a prefix where it is one") {
  struct Row {
    std::string first, last, text;
  };

  auto row = GENERATE(values<Row>({
      {"192.0.2.0", "192.0.2.255", "192.0.2.0/24"},
      {"192.0.2.7", "192.0.2.7", "192.0.2.7/32"},
      {"192.0.2.0", "192.0.2.254", "192.0.2.0 - 192.0.2.254"},
      {"192.0.2.1", "192.0.3.0", "192.0.2.1 - 192.0.3.0"},
      {"0.0.0.0", "255.255.255.255", "0.0.0.0/0"},
      {"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::/32"},
      {"2001:db8::", "2001:db8::2", "2001:db8:: - 2001:db8::2"},
  }));
  INFO(row.text);
  net::Range made{*net::Address::read(row.first), *net::Address::read(row.last)};
  CHECK(to_text(made) == row.text);
  CHECK(range_from(row.text) == made);
}

TEST_CASE("what is no range") {
  auto text = GENERATE("", "192.0.2.0", "192.0.2.0 -", "192.0.2.9 - 192.0.2.1", "192.0.2.0/33",
                       "192.0.2.0 - 2001:db8::", "192.0.2.0-192.0.2.1", " - ");
  INFO(text);
  bool is_address = std::string(text) == "192.0.2.0";
  CHECK(range_from(text).has_value() == is_address);
}

TEST_CASE("an answer is good for its network, within the block of the address where that is wide") {
  struct Row {
    std::string network, address, scope;
  };

  auto row = GENERATE(values<Row>({
      {"198.51.100.0/24", "198.51.100.9", "198.51.100.0/24"},
      {"198.51.0.0/16", "198.51.100.9", "198.51.0.0/16"},
      {"198.50.0.0/15", "198.51.100.9", "198.51.0.0/16"},
      {"198.0.0.0/8", "198.51.100.9", "198.51.0.0/16"},
      {"198.51.255.0 - 198.52.0.255", "198.52.0.1", "198.51.255.0 - 198.52.0.255"},
      {"198.51.1.0 - 198.53.0.255", "198.51.3.1", "198.51.1.0 - 198.51.255.255"},
      {"2001:db8::/32", "2001:db8::1", "2001:db8::/32"},
      {"2000::/12", "2001:db8::1", "2001:db0::/28"},
  }));
  INFO(row.network << " around " << row.address);
  CHECK(to_text(scope_of(range(row.network), *net::Address::read(row.address))) == row.scope);
}
