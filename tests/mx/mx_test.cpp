#include "mx/mx.hpp"

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "dns/zone_resolver.hpp"

using namespace mailtrust;

namespace {

std::unique_ptr<dns::ZoneResolver> load_zone() {
  std::vector<std::string> paths = {MAILTRUST_ZONES "/mx.zone"};
  auto zone = dns::ZoneResolver::load(paths);
  REQUIRE(zone);
  return std::move(*zone);
}

}  // namespace

TEST_CASE("an MX survey says where mail goes, and what is wrong with it") {
  struct Row {
    const char* domain;
    bool determined;
    bool reachable;
    const char* finding;  // the first one's id; nullptr: none
  };

  auto row = GENERATE(values<Row>({
      {"good.example", true, true, nullptr},
      {"null.example", true, false, "mx.null"},
      {"mixed.example", true, true, "mx.null-beside-others"},
      {"implicit.example", true, true, "mx.missing"},
      {"none.example", true, false, "mx.missing"},
      {"absent.example", true, false, "mx.no-such-domain"},
      {"alias.example", true, true, "mx.alias"},
      {"gone.example", true, false, "mx.no-address"},
      {"numeric.example", true, false, "mx.address-as-name"},
      {"inside.example", true, true, "mx.unreachable-address"},
      {"slow.example", false, false, "mx.dns-trouble"},
      {"half.example", false, false, "mx.dns-trouble"},
  }));
  INFO(row.domain);
  auto zone = load_zone();
  auto outcome = mx::survey(*zone, *dns::Name::read(row.domain));
  CHECK(outcome.determined() == row.determined);
  CHECK(outcome.reachable() == row.reachable);
  auto findings = mx::lint(outcome);
  REQUIRE(findings.empty() == (row.finding == nullptr));
  if (row.finding != nullptr) CHECK(findings.front().id == row.finding);
}

TEST_CASE("exchanges come by preference with their addresses") {
  auto zone = load_zone();
  auto outcome = mx::survey(*zone, *dns::Name::read("good.example"));
  REQUIRE(outcome.hosts.size() == 2);
  CHECK(to_string(outcome.hosts[0].exchange) == "a.good.example");
  REQUIRE(outcome.hosts[0].addresses.size() == 2);
  CHECK(to_string(outcome.hosts[0].addresses[1]) == "2001:db8::1");
}

TEST_CASE("of an exchange that was not looked up nothing is said") {
  auto zone = load_zone();
  auto outcome = mx::survey(*zone, *dns::Name::read("crowded.example"));
  REQUIRE(outcome.hosts.size() == limits::kMxHosts + 1);
  CHECK(outcome.hosts.back().undetermined);
  auto findings = mx::lint(outcome);
  REQUIRE(findings.size() == 1);
  CHECK(findings.front().id == "mx.dns-trouble");
}
