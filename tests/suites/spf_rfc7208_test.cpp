// The published RFC 7208 suite, read in place where it is there; the cases of our own are in
// tests/spf.
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/ascii.hpp"
#include "dns/zone_resolver.hpp"
#include "spf/check_host.hpp"

using namespace mailtrust;

namespace {

struct Case {
  std::string id, zone, domain, ip, sender, helo, results, explanation;
};

std::string suite() {
  const char* shared = std::getenv("MAILTRUST_SHARED");
  std::string root = shared != nullptr ? shared : MAILTRUST_SOURCE "/../shared";
  return root + "/conformance/spf-rfc7208/";
}

std::vector<Case> read_cases() {
  std::vector<Case> cases;
  std::ifstream file(suite() + "cases.tsv");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::vector<std::string> f;
    for (auto part : ascii::split(line, '\t')) f.emplace_back(part);
    REQUIRE(f.size() == 8);
    cases.push_back({f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]});
  }
  return cases;
}

bool accepted(const Case& row, spf::Result result) {
  auto results = ascii::split(row.results, '|');
  return std::ranges::find(results, spf::to_string(result)) != results.end();
}

}  // namespace

TEST_CASE("the published suite for RFC 7208") {
  auto cases = read_cases();
  if (cases.empty()) {
    WARN("skipped: no suite in " + suite());
    return;
  }
  CHECK(cases.size() == 203);
  std::map<std::string, std::unique_ptr<dns::ZoneResolver>> zones;
  for (const auto& row : cases) {
    auto& zone = zones[row.zone];
    if (!zone) {
      std::string path = suite() + "zones/" + row.zone;
      auto loaded = dns::ZoneResolver::load(std::span(&path, 1));
      REQUIRE(loaded);
      zone = std::move(*loaded);
    }
    auto ip = net::Address::read(row.ip);
    REQUIRE(ip);
    auto outcome =
        spf::check_host(*zone, {*ip, row.domain, row.sender, row.helo, "unknown", 0, true});
    INFO(row.id << ": expected " << row.results << ", got " << spf::to_string(outcome.result)
                << " by " << outcome.mechanism << ": " << outcome.problem);
    CHECK(accepted(row, outcome.result));
    if (outcome.result != spf::Result::fail || row.explanation.empty()) continue;
    auto expected = row.explanation == "DEFAULT" ? "" : row.explanation;
    CHECK(ascii::to_lower(outcome.explanation.value_or("")) == ascii::to_lower(expected));
  }
}
