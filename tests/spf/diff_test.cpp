#include "spf/diff.hpp"

#include <catch2/catch.hpp>

#include "dns/overlay_resolver.hpp"
#include "spf/zones.hpp"

using namespace mailtrust;

namespace {

std::string texts(const net::PrefixSet& set) {
  std::string out;
  for (const auto& prefix : set.prefixes()) out += (out.empty() ? "" : " ") + to_string(prefix);
  return out;
}

// The record in the place of plain.example.org's; empty: none there.
spf::Survey survey(dns::Resolver& zone, const std::string& record) {
  dns::OverlayResolver overlay(zone);
  auto domain = test::name("plain.example.org");
  overlay.set_txt(domain, record.empty() ? std::vector<std::string>{} : std::vector{record});
  return spf::survey(overlay, domain);
}

}  // namespace

TEST_CASE("a change adds and removes addresses and costs lookups") {
  struct Row {
    const char* name;
    const char* before;
    const char* after;
    const char* added;
    const char* removed;
    std::int64_t lookups;
    bool same_treatment;
  };

  auto row = GENERATE(values<Row>({
      {"nothing", "v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.128/25 ip4:192.0.2.0/25 -all",
       "", "", 0, true},
      {"a network moves", "v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.128/25 a -all",
       "2001:db8::1/128",
       "192.0.2.0/32 192.0.2.2/31 192.0.2.4/30 192.0.2.8/29 192.0.2.16/28 "
       "192.0.2.32/27 192.0.2.64/26",
       1, false},
      {"fewer lookups, the same addresses", "v=spf1 a:mx1.example.org -all",
       "v=spf1 ip4:192.0.2.11 -all", "", "", -1, true},
      {"only strangers", "v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 ~all", "", "", 0,
       false},
      {"a first record", "", "v=spf1 ip4:192.0.2.1 -all", "192.0.2.1/32", "", 0, false},
      {"a broken record", "v=spf1 ip4:192.0.2.1 -all", "v=spf1 ipv4:192.0.2.1 -all", "",
       "192.0.2.1/32", 0, false},
      {"a denial in front", "v=spf1 ip4:192.0.2.0/30 -all",
       "v=spf1 -ip4:192.0.2.3 ip4:192.0.2.0/30 -all", "", "192.0.2.3/32", 0, false},
  }));
  INFO(row.name);
  auto zone = test::load_zone("spf_survey");
  auto change = spf::difference(survey(*zone, row.before), survey(*zone, row.after));
  REQUIRE(change.has_value());
  CHECK(texts(change->added) == row.added);
  CHECK(texts(change->removed) == row.removed);
  CHECK(change->lookups == row.lookups);
  CHECK(change->same_treatment == row.same_treatment);
  CHECK(!change->depends_on_message);
}

TEST_CASE("what only a message decides is the same where the terms are") {
  auto zone = test::load_zone("spf_survey");
  auto at = [&](const char* name) { return spf::survey(*zone, test::name(name)); };
  auto same = spf::difference(at("asks.example.org"), at("asks-same.example.org"));
  REQUIRE(same.has_value());
  CHECK(same->same_treatment);
  CHECK(same->depends_on_message);
  auto other = spf::difference(at("asks.example.org"), at("asks-other.example.org"));
  REQUIRE(other.has_value());
  CHECK(!other->same_treatment);
}

TEST_CASE("where DNS did not tell there is no difference to tell") {
  auto zone = test::load_zone("spf_survey");
  auto known = survey(*zone, "v=spf1 -all");
  auto slow = survey(*zone, "v=spf1 include:dead.example.org -all");
  CHECK(!spf::difference(known, slow).has_value());
  CHECK(!spf::difference(slow, known).has_value());
}
