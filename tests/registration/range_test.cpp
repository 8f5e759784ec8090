#include <string>

#include <catch2/catch.hpp>

#include "registration/registration.hpp"

using namespace mailtrust;

TEST_CASE("ranges are read as registries write them") {
  struct Row {
    std::string text;
    std::string expected;
  };

  auto row = GENERATE(values<Row>({
      {"192.0.2.0 - 192.0.2.255", "192.0.2.0-192.0.2.255"},
      {"192.0.2.0-192.0.2.255", "192.0.2.0-192.0.2.255"},
      {"192.0.2.0/24", "192.0.2.0-192.0.2.255"},
      {"192.0.2.7/24", "192.0.2.0-192.0.2.255"},
      {"192.000.002.000 - 192.000.002.255", "192.0.2.0-192.0.2.255"},
      {"177.224/13", "177.224.0.0-177.231.255.255"},
      {"10/8", "10.0.0.0-10.255.255.255"},
      {"192.0.2.1", "192.0.2.1-192.0.2.1"},
      {"192.0.2.0/32 - 192.0.2.255/32", "192.0.2.0-192.0.2.255"},
      {"2001:db8::/32", "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"2001:0db8:0000::/48", "2001:db8::-2001:db8:0:ffff:ffff:ffff:ffff:ffff"},
      {"::ffff:192.0.2.0 - ::ffff:192.0.2.255", "192.0.2.0-192.0.2.255"},
      {"192.0.2.255 - 192.0.2.0", "-"},
      {"192.0.2.0 - 2001:db8::", "-"},
      {"192.0.2.0/33", "-"},
      {"192.0.2.256", "-"},
      {"192.0.2.0.0", "-"},
      {"NET-192-0-2-0-1", "-"},
      {"", "-"},
      {" - ", "-"},
      {"/", "-"},
  }));
  INFO(row.text);
  auto range = registration::read_range(row.text);
  CHECK((range ? to_string(range->first) + '-' + to_string(range->last) : "-") == row.expected);
}
