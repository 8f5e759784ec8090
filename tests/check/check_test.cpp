#include "check/check.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "zone_for_test.hpp"

using namespace mailtrust;
using check::Standing;

namespace {

check::Outcome outcome_of(const std::string& domain) {
  auto zone = test::load_zone("check");
  return check::check(*zone, dns::Name::read(domain).value());
}

}  // namespace

TEST_CASE("areas stand each for itself; the worst of them stands for all") {
  struct Row {
    const char* domain;
    Standing mx, spf, dkim, dmarc, overall;
    bool parked;
  };

  using enum Standing;
  auto row = GENERATE(values<Row>({
      {"good.example", good, good, good, good, good, false},
      {"parked.example", none, good, none, good, good, true},
      {"deaf.example", good, good, unknown, good, unknown, false},
      {"broken.example", good, bad, unknown, warning, bad, false},
      {"warned.example", good, good, good, warning, good, false},
      {"slow.example", good, unknown, unknown, good, unknown, false},
      {"worse.example", good, unknown, unknown, bad, bad, false},
      {"nowhere.example", bad, bad, unknown, bad, bad, false},
      {"stranger.example", good, good, good, warning, good, false},
      {"mute.example", good, good, good, unknown, unknown, false},
  }));
  INFO(row.domain);
  auto outcome = outcome_of(row.domain);
  CHECK(to_string(outcome.mx_area.standing) == to_string(row.mx));
  CHECK(to_string(outcome.spf_area.standing) == to_string(row.spf));
  CHECK(to_string(outcome.dkim_area.standing) == to_string(row.dkim));
  CHECK(to_string(outcome.dmarc_area.standing) == to_string(row.dmarc));
  CHECK(to_string(outcome.overall()) == to_string(row.overall));
  CHECK(outcome.parked == row.parked);
}

TEST_CASE("findings of all areas come the most harmful first") {
  auto findings = outcome_of("broken.example").findings;
  REQUIRE(findings.size() >= 3);
  CHECK(findings.front().id == "spf.syntax");
  CHECK(std::ranges::is_sorted(findings, {}, &finding::Finding::severity));
  for (const char* id : {"dmarc.policy-none", "dmarc.no-rua", "dkim.key-revoked"}) {
    INFO(id);
    CHECK(std::ranges::find(findings, id, &finding::Finding::id) != findings.end());
  }
}

TEST_CASE("reports to somebody who has not agreed are told of") {
  auto findings = outcome_of("stranger.example").findings;
  REQUIRE(findings.size() == 1);
  CHECK(findings.front().id == "dmarc.unauthorized-destination");
}

TEST_CASE("each area has a line with its figures") {
  auto good = outcome_of("good.example");
  CHECK(good.mx_area.summary == "mx.good.example (1 address)");
  CHECK(good.spf_area.summary == "2 of 10 lookups, authorizes 129 IPv4 addresses");
  CHECK(good.dkim_area.summary == "google (ed25519)");
  CHECK(good.dmarc_area.summary == "reject, reports to mailto:d@good.example");
  auto parked = outcome_of("parked.example");
  CHECK(parked.mx_area.summary == "accepts no mail (null MX)");
  CHECK(parked.spf_area.summary == "0 of 10 lookups, authorizes nobody");
  CHECK(parked.dkim_area.summary == "sends no mail, needs no key");
}

TEST_CASE("who stands behind MX hosts and includes is named once") {
  auto providers = outcome_of("good.example").providers;
  REQUIRE(providers.size() == 1);
  CHECK(providers.front().provider->name == "Google Workspace");
}
