#include "iprev/generic.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust;

namespace {

struct Row {
  std::string name;
  std::string address;
  std::string reason;  // empty: not generic
};

}  // namespace

TEST_CASE("names made from addresses are told from names of servers") {
  auto row = GENERATE(values<Row>({
      {"mail.example.org", "192.0.2.25", ""},
      {"mx25.example.org", "192.0.2.25", ""},
      {"static.example.org", "192.0.2.25", ""},
      {"example.org", "192.0.2.25", ""},
      {"192-0-2-25.example.org", "192.0.2.25", "holds the address as 192-0-2-25"},
      {"host-25-2-0-192.example.org", "192.0.2.25", "holds the address as 25-2-0-192"},
      {"25.2.0.192.static.example.org", "192.0.2.25", "holds the address as 25.2.0.192"},
      {"ip192x0x2x25.example.org", "192.0.2.25", "holds the address as 192x0x2x25"},
      {"p192000002025.example.org", "192.0.2.25", "holds the address as 192000002025"},
      {"1920225.example.org", "192.0.2.25", "holds the address as 1920225"},
      {"c-0-2-25.example.org", "192.0.2.25", "holds the address as 0-2-25"},
      {"25-2-0.adsl.example.org", "192.0.2.25", "holds the address as 25-2-0"},
      // Parts of longer numbers are others.
      {"1192-0-2-25.example.org", "192.0.2.25", "holds the address as 0-2-25"},
      {"192-0-2-250.example.org", "192.0.2.25", ""},
      {"c0000219.example.org", "192.0.2.25", "holds the address as c0000219"},
      {"190200C0.example.org", "192.0.2.25", "holds the address as 190200c0"},
      {"fc0000219.example.org", "192.0.2.25", ""},
      {"dsl-25.example.org", "192.0.2.25", "holds the word dsl and the last number of the address"},
      {"dsl-26.example.org", "192.0.2.25", ""},
      {"dynamic-pool.example.org", "192.0.2.25", "holds the words dynamic and pool"},
      {"pool.example.org", "192.0.2.25", ""},
      {"liverpool25.example.org", "192.0.2.25", ""},
      // Only below the registered domain.
      {"mail.dsl-25.co.uk", "192.0.2.25", ""},
      {"192-0-2-25.com", "192.0.2.25", ""},
      {"2001-db8-0-0-1-2-3-4.example.org", "2001:db8::1:2:3:4", "holds the address as 1-2-3-4"},
      {"0001000200030004.example.org", "2001:db8::1:2:3:4",
       "holds the address as 0001000200030004"},
      {"mx1.example.org", "2001:db8::1", ""},
  }));
  INFO(row.name);
  auto reason = iprev::generic_reason(*dns::Name::read(row.name), *net::Address::read(row.address));
  CHECK(reason.value_or("") == row.reason);
}
