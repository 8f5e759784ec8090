#include "registration/blocks.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "net/prefix_set.hpp"

namespace mailtrust::registration {
namespace {

TEST_CASE("every address belongs to the registry of its block") {
  struct Row {
    const char* address;
    const char* registry;
  };

  auto row = GENERATE(values<Row>({
      {"8.8.8.8", "ARIN"},
      {"1.1.1.1", "APNIC"},
      {"2.0.0.0", "RIPE NCC"},
      {"41.255.255.255", "AFRINIC"},
      {"200.0.0.1", "LACNIC"},
      {"10.1.2.3", ""},
      {"224.0.0.1", ""},
      {"0.0.0.0", ""},
      {"2001:200::1", "APNIC"},
      {"2001:4200::1", "AFRINIC"},
      {"2a10::1", "RIPE NCC"},
      {"2800::1", "LACNIC"},
      {"2600::1", "ARIN"},
      {"2001:db8::1", "APNIC"},
      {"3fff::1", ""},
      {"::ffff:8.8.8.8", "ARIN"},
      {"::1", ""},
  }));
  INFO(row.address);
  const auto* found = regional_registry_of(*net::Address::read(row.address));
  CHECK((found ? std::string(found->name) : "") == row.registry);
}

TEST_CASE("the table of blocks is sound") {
  std::vector<net::Prefix> prefixes;
  std::size_t v4 = 0;
  for (const auto& block : blocks()) {
    INFO(block.prefix);
    auto prefix = net::Prefix::read(block.prefix);
    REQUIRE(prefix);
    CHECK(prefix->first() == prefix->address);
    CHECK_FALSE(net::PrefixSet::of(prefixes).contains(*prefix));
    prefixes.push_back(*prefix);
    v4 += prefix->address.is_v4() ? 1 : 0;
  }
  CHECK(v4 == 221);
  for (const auto& each : regional_registries()) CHECK(&regional_registry(each.id) == &each);
}

}  // namespace
}  // namespace mailtrust::registration
