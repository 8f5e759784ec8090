#include "net/special_purpose.hpp"

#include <catch2/catch.hpp>

using namespace mailtrust::net;

TEST_CASE("special addresses are known by block and purpose") {
  struct Row {
    const char* address;
    const char* name;  // nullptr: an ordinary address
    bool unreachable;
  };

  auto row = GENERATE(values<Row>({
      {"8.8.8.8", nullptr, false},
      {"11.0.0.0", nullptr, false},
      {"9.255.255.255", nullptr, false},
      {"10.0.0.0", "private use (RFC 1918)", true},
      {"10.255.255.255", "private use (RFC 1918)", true},
      {"172.32.0.0", nullptr, false},
      {"192.0.2.1", "documentation (RFC 5737)", false},
      {"255.255.255.255", "reserved (RFC 1112)", true},
      {"::1", "loopback (RFC 4291)", true},
      {"2001:db8::1", "documentation (RFC 3849)", false},
      {"2001:4860::1", nullptr, false},
      {"fd00::1", "unique local (RFC 4193)", true},
      {"febf::1", "link-local (RFC 4291)", true},
      {"fec0::1", "site-local, deprecated (RFC 3879)", true},
      {"feff::1", "site-local, deprecated (RFC 3879)", true},
  }));
  INFO(row.address);
  auto address = *Address::read(row.address);
  const auto* block = special_purpose(address);
  REQUIRE((block != nullptr) == (row.name != nullptr));
  if (block != nullptr) CHECK(block->name == row.name);
  CHECK(is_unreachable(address) == row.unreachable);
}

TEST_CASE("nobody is led to addresses that are not public, however they are spelled") {
  struct Row {
    const char* address;
    bool is_public;
  };

  auto row = GENERATE(values<Row>({
      {"192.0.2.1", true},
      {"2001:db8::1", true},
      {"2a00:1450::1", true},
      {"64:ff9b::192.0.2.1", true},
      {"2002:c000:201::1", true},
      {"127.0.0.1", false},
      {"169.254.169.254", false},
      {"100.64.0.1", false},
      {"::127.0.0.1", false},
      {"::ffff:10.0.0.1", false},
      {"::ffff:0:127.0.0.1", false},
      {"64:ff9b::127.0.0.1", false},
      {"64:ff9b:1::1", false},
      {"2002:7f00:1::1", false},
      {"4000::1", false},
      {"::2", false},
  }));
  INFO(row.address);
  CHECK(is_public(*Address::read(row.address)) == row.is_public);
}
