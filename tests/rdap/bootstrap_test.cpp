#include "rdap/bootstrap.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust;

namespace {

std::string base_of(const rdap::Bootstrap& bootstrap, std::string_view address) {
  const auto* service = bootstrap.find(*net::Address::read(address));
  return service == nullptr ? "-" : service->base;
}

constexpr std::string_view kFile = R"({"version":"1.0","publication":"2026-11-01T10:00:00Z",
  "services":[
    [["198.0.0.0/8"],["http://plain.example/","https://wide.example/rdap"]],
    [["198.18.0.0/16","198.7.0.1/16"],["HTTPS://narrow.example/"]],
    [["9.0.0.0/8"],["http://only-plain.example/"]],
    [["not a prefix",7,"11.0.0.0/8"],["https://odd.example/"]],
    [["12.0.0.0/8"]], [], 7, null]})";

}  // namespace

TEST_CASE("the services built in") {
  struct Row {
    const char* address;
    const char* base;
  };

  auto row = GENERATE(values<Row>({
      {"8.8.8.8", "https://rdap.arin.net/registry/"},
      {"1.1.1.1", "https://rdap.apnic.net/"},
      {"::ffff:1.1.1.1", "https://rdap.apnic.net/"},
      {"193.0.0.1", "https://rdap.db.ripe.net/"},
      {"41.0.0.1", "https://rdap.afrinic.net/rdap/"},
      {"200.0.0.1", "https://rdap.lacnic.net/rdap/"},
      {"2001:200::1", "https://rdap.apnic.net/"},
      {"2a00::1", "https://rdap.db.ripe.net/"},
      {"192.0.2.1", "-"},
      {"2001:db8::1", "-"},
      {"10.0.0.1", "-"},
      {"127.0.0.1", "-"},
      {"224.0.0.1", "-"},
      {"::1", "-"},
      {"4000::1", "-"},
  }));
  INFO(row.address);
  CHECK(base_of(rdap::Bootstrap::built_in(), row.address) == row.base);
  CHECK(rdap::Bootstrap::built_in().published() == "2019-06-07");
}

TEST_CASE("a bootstrap file is read, https and narrowest prefix first") {
  auto read = rdap::Bootstrap::parse(kFile);
  REQUIRE(read);
  CHECK(read->published() == "2026-11-01");
  CHECK(read->services().size() == 4);
  CHECK(base_of(*read, "198.51.200.1") == "https://wide.example/rdap/");
  CHECK(base_of(*read, "198.7.9.9") == "HTTPS://narrow.example/");
  CHECK(base_of(*read, "9.9.9.9") == "-");
  CHECK(base_of(*read, "11.1.1.1") == "https://odd.example/");
  CHECK(base_of(*read, "12.1.1.1") == "-");
}

TEST_CASE("a fetched file stands in for the family it has") {
  auto fetched = rdap::Bootstrap::parse(kFile);
  REQUIRE(fetched);
  auto services = rdap::Bootstrap::built_in();
  services.replace(*fetched);
  CHECK(base_of(services, "8.8.8.8") == "-");
  CHECK(base_of(services, "11.1.1.1") == "https://odd.example/");
  CHECK(base_of(services, "2a00::1") == "https://rdap.db.ripe.net/");
  CHECK(services.published() == "2019-06-07");
}

TEST_CASE("of one prefix in two files the added one counts") {
  auto first = rdap::Bootstrap::parse(
      R"({"version":"1.0","publication":"2020-01-01","services":[[["11.0.0.0/8"],["https://a.example/"]]]})");
  auto second = rdap::Bootstrap::parse(
      R"({"version":"1.0","publication":"2021-01-01","services":[[["11.0.0.0/8"],["https://b.example/"]]]})");
  REQUIRE((first && second));
  first->add(*second);
  CHECK(base_of(*first, "11.0.0.1") == "https://b.example/");
  CHECK(first->services().size() == 1);
  CHECK(first->published() == "2020-01-01");
}

TEST_CASE("what is no bootstrap file is none") {
  auto text = GENERATE(as<std::string>(), "", "[]", "{}", R"({"version":"2.0"})",
                       R"({"version":"1.0","services":[]})", "<html>");
  INFO(text);
  auto read = rdap::Bootstrap::parse(text);
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == Error::Kind::temporary);
  CHECK(read.error().message.starts_with("not a bootstrap file (RFC 9224): "));
}
