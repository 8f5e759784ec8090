#include "list/provider_ranges.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "dns/zone_resolver.hpp"
#include "list/provider_lookup.hpp"

using namespace mailtrust;

namespace {

constexpr std::int64_t kNow = 1700000000;

constexpr std::string_view kZone =
    "_spf.google.com. IN TXT \"v=spf1 ip4:192.0.2.0/24 include:b.example.org ~all\"\n"
    "b.example.org. IN TXT \"v=spf1 ip6:2001:db8:1::/48 ~all\"\n"
    "spf.messagingengine.com. IN TXT \"v=spf1 ip4:198.51.100.9 -all\"\n"
    "spf.protection.outlook.com. IN TXT \"v=spf1 ip4:192.0.2.128/25 -all\"\n"
    "; !timeout spf.tutanota.de TXT\n";

list::ProviderRanges ranges() {
  auto zone = dns::ZoneResolver::from_text(kZone, "test.zone");
  REQUIRE(zone.has_value());
  return list::look_up_providers({zone->get(), {}, kNow}).ranges;
}

struct Row {
  std::string entry;
  std::string text;  // empty: no provider
  bool careless;
};

}  // namespace

TEST_CASE("what an entry takes out of a provider") {
  auto row = GENERATE(values<Row>({
      {"192.0.2.7", "is inside 192.0.2.0/24 of Google Workspace", false},
      {"192.0.2.0/31", "is inside 192.0.2.0/24 of Google Workspace", true},
      {"192.0.2.0/24", "covers 192.0.2.0/24 of Google Workspace, and ranges of another", true},
      {"192.0.0.0/16", "covers 192.0.2.0/24 of Google Workspace, and ranges of another", true},
      {"192.0.2.128/25",
       "covers 192.0.2.128/25 of Microsoft 365 / Exchange Online, and ranges of another", true},
      {"198.51.100.9", "covers 198.51.100.9 of Fastmail", true},
      {"198.51.100.8", "", false},
      {"203.0.113.0/24", "", false},
      {"2001:db8:1:2::/64", "is inside 2001:db8:1::/48 of Google Workspace", false},
      {"2001:db8:1::/56", "is inside 2001:db8:1::/48 of Google Workspace", true},
      {"2001:db8::/32", "covers 2001:db8:1::/48 of Google Workspace", true},
      {"2001:db8:2::/48", "", false},
  }));
  INFO(row.entry);
  auto block = list::Entry::parse(row.entry)->block;
  auto hit = ranges().find(block);
  REQUIRE(hit.has_value() == !row.text.empty());
  if (!hit) return;
  CHECK(list::describe(*hit) == row.text);
  CHECK(list::is_careless(block, *hit) == row.careless);
}

TEST_CASE("a record that DNS did not tell is unknown, one that is not there has no ranges") {
  auto all = ranges();
  auto unknown = all.unknown();
  REQUIRE(unknown.size() == 1);
  CHECK(unknown[0]->provider == "Tuta (Tutanota)");
  CHECK(unknown[0]->unknown == "timeout: spf.tutanota.de TXT");
  CHECK(all.records().size() == list::provider_names().size());
  CHECK(all.records()[0].as_of == kNow);
}

TEST_CASE("a resolver without any provider does not know the Internet, a zone is a world") {
  auto zone = dns::ZoneResolver::from_text("example.org. IN TXT \"v=spf1 -all\"\n", "test.zone");
  REQUIRE(zone.has_value());
  auto looked = list::look_up_providers({zone->get(), {}, kNow});
  auto open = looked.ranges.unknown();
  REQUIRE(open.size() == list::provider_names().size());
  CHECK(open[0]->unknown == "no provider has a record; is this the Internet?");
  CHECK(list::look_up_providers({zone->get(), {}, kNow, true}).ranges.unknown().empty());
}

TEST_CASE("without a resolver nothing is known") {
  auto looked = list::look_up_providers({nullptr, {}, kNow});
  CHECK(looked.ranges.unknown().size() == list::provider_names().size());
}

TEST_CASE("the names asked are the same for every customer") {
  for (const auto& name : list::provider_names()) CHECK(name.name.find('{') == std::string::npos);
}

TEST_CASE("blocks as text") {
  std::vector<list::Block> blocks;
  for (const char* text : {"192.0.2.0/24", "198.51.100.1-198.51.100.9", "2001:db8::1"})
    blocks.push_back(list::Entry::parse(text)->block);
  auto text = list::to_text(blocks);
  CHECK(text == "192.0.2.0/24\n198.51.100.1-198.51.100.9\n2001:db8::1\n");
  CHECK(list::blocks_from_text(text) == blocks);
  CHECK(list::blocks_from_text("") == std::vector<list::Block>());
  CHECK_FALSE(list::blocks_from_text("192.0.2.0/24"));
  CHECK_FALSE(list::blocks_from_text("example\n"));
}
