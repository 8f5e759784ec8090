#include "received/trusted.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust;

TEST_CASE("trusted servers are prefixes, addresses and names") {
  received::Trusted trusted;
  for (const auto* text : {"192.0.2.0/24", "2001:db8::1", "MX.Example.net.", ".relay.example"})
    REQUIRE(trusted.add(text));
  CHECK(trusted.contains(*net::Address::read("192.0.2.77")));
  CHECK(trusted.contains(*net::Address::read("2001:db8::1")));
  CHECK(!trusted.contains(*net::Address::read("2001:db8::2")));
  CHECK(trusted.contains_host("mx.example.net"));
  CHECK(trusted.contains_host("MX.EXAMPLE.NET."));
  CHECK(!trusted.contains_host("a.mx.example.net"));
  CHECK(trusted.contains_host("a.relay.example"));
  CHECK(trusted.contains_host("b.a.relay.example"));
  CHECK(!trusted.contains_host("relay.example"));
  CHECK(!trusted.contains_host("norelay.example"));
  CHECK(!trusted.contains_host(""));
}

TEST_CASE("what is no server is refused") {
  for (std::string text : {"", ".", "x", "192.0.2.0/33", "192.0.2", "a b.example", "..example", "-",
                           "http://a.example", "a..example"}) {
    INFO(text);
    received::Trusted trusted;
    auto added = trusted.add(text);
    REQUIRE(!added);
    CHECK(added.error().kind == Error::Kind::input);
    CHECK(added.error().message.find("expected an address, a prefix or a host name") !=
          std::string::npos);
  }
}
