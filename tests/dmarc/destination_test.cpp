#include "dmarc/destination.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "base/limits.hpp"
#include "dns/inquiry.hpp"
#include "zone_for_test.hpp"

using namespace mailtrust;
using dmarc::Destination;

namespace {

dns::Resolver& zone() {
  static auto loaded = test::load_zone("dmarc_destination");
  return *loaded;
}

struct Found {
  explicit Found(std::string_view domain, dns::Resolver& resolver = zone())
      : outcome(dmarc::discover(resolver, *dns::Name::read(domain))),
        destinations(dmarc::find_destinations(resolver, outcome)) {}

  dmarc::Outcome outcome;
  std::vector<Destination> destinations;
};

std::string describe(const std::vector<Destination>& destinations) {
  std::string text;
  for (const auto& one : destinations)
    text += (text.empty() ? "" : "; ") + std::string(to_string(one.authorization));
  return text;
}

}  // namespace

TEST_CASE("a destination of others must agree: RFC 9990 section 4") {
  struct Row {
    std::string domain, outcome;
  };

  auto row = GENERATE(values<Row>({
      {"own.example", "same organization; same organization; same organization"},
      {"out.example", "authorized; not authorized; could not tell; not checked"},
      {"www.out.example", "authorized; not authorized; could not tell; not checked"},
      {"many.example", "authorized; authorized; not authorized"},
      {"top.example", "authorized"},
      {"dept.top.example", "not authorized"},
      {"bank", "not authorized"},
      {"one.bank", "not authorized"},
      {"cut.invalid", "same organization; authorized; could not tell"},
      {"nothing.example", ""},
  }));
  INFO(row.domain);
  CHECK(describe(Found(row.domain).destinations) == row.outcome);
}

TEST_CASE("the name asked for holds the domain that the policy comes from") {
  auto found = Found("www.out.example").destinations;
  CHECK(to_string(found[0].record_name.value()) == "out.example._report._dmarc.yes.example");
  CHECK(Found("many.example").destinations[1].instead == "mailto:b@moved.example");
}

TEST_CASE("a destination whose authorization no name can hold has none") {
  std::string longest = "x.example";
  while (longest.size() < 230) longest = "aaaaaaaa." + longest;
  dmarc::Outcome outcome;
  outcome.domain = *dns::Name::read(longest);
  outcome.presence = dmarc::Presence::found;
  outcome.organizational_domain = outcome.domain;
  dmarc::Stop stop;
  stop.domain = outcome.domain;
  stop.records.push_back(dmarc::parse_record("v=DMARC1; p=none; rua=mailto:a@yes.example"));
  outcome.walk.push_back(stop);
  auto destinations = dmarc::find_destinations(zone(), outcome);
  CHECK(describe(destinations) == "not authorized");
  CHECK(dmarc::lint(outcome, destinations).front().id == "dmarc.unauthorized-destination");
}

TEST_CASE("ten destinations are looked at, the rest is said not to be") {
  dns::Inquiry inquiry(zone(), 1000, dns::Inquiry::Clock::time_point::max());
  auto found = Found("flood.example", inquiry).destinations;
  REQUIRE(found.size() == 11);
  CHECK(found[9].authorization == dmarc::Authorization::refused);
  CHECK(found[10].authorization == dmarc::Authorization::unchecked);
  CHECK(inquiry.evidence().size() == 2 + limits::kReportAddresses);
}

TEST_CASE("mail for each destination is looked up once") {
  Found found("own.example");
  dmarc::survey_mail(zone(), found.destinations);
  CHECK(found.destinations[0].mail.value().reachable());
  CHECK(found.destinations[1].mail.value().null_mx);
  CHECK(found.destinations[2].mail.value().reachable());
}

TEST_CASE("what keeps reports away is told once for each domain") {
  struct Row {
    std::string domain, findings;
  };

  auto row = GENERATE(values<Row>({
      {"own.example", "dmarc.unreachable-destination@deep.own.example "},
      {"out.example",
       "dmarc.unauthorized-destination@_dmarc.out.example "
       "dmarc.unreachable-destination@no.example "
       "dmarc.dns-trouble@out.example._report._dmarc.slow.example "
       "dmarc.unreachable-destination@slow.example "},
      {"nothing.example", ""},
  }));
  INFO(row.domain);
  Found found(row.domain);
  dmarc::survey_mail(zone(), found.destinations);
  std::string told;
  for (const auto& finding : dmarc::lint(found.outcome, found.destinations))
    told += finding.id + '@' + finding.where + ' ';
  CHECK(told == row.findings);
}

TEST_CASE("a missing authorization comes with the record to publish") {
  Found found("many.example");
  found.destinations.erase(found.destinations.begin(), found.destinations.end() - 1);
  auto findings = dmarc::lint(found.outcome, found.destinations);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message ==
        "thief.example sends reports about many.example on to another domain, "
        "\"mailto:b@victim.example\": receivers send none");
  Found refused("dept.top.example");
  CHECK(dmarc::lint(refused.outcome, refused.destinations).at(0).hint ==
        "publish in the zone of top.example, or have it published there:\n"
        "dept.top.example._report._dmarc.top.example. IN TXT \"v=DMARC1\"");
}
