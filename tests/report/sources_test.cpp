#include "report/sources.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "report/advice.hpp"

using namespace mailtrust;
using namespace mailtrust::report;

namespace {

Record record_of(std::string_view address, std::uint64_t count, bool dkim, bool spf,
                 std::vector<AuthResult> auth) {
  Record record;
  record.source_ip = address;
  record.count = count;
  record.disposition = "none";
  record.dkim = dkim ? "pass" : "fail";
  record.spf = spf ? "pass" : "fail";
  record.header_from = "example.org";
  record.auth = std::move(auth);
  return record;
}

AuthResult dkim(std::string_view domain, std::string_view result, std::string_view selector = "s") {
  return {"dkim", domain, selector, {}, result};
}

AuthResult spf(std::string_view domain, std::string_view result) {
  return {"spf", domain, {}, "mfrom", result};
}

Metadata metadata_of(std::string id, std::string org = "Receiver") {
  Metadata metadata;
  metadata.org = std::move(org);
  metadata.report_id = std::move(id);
  metadata.begin = 1795132800;
  metadata.end = 1795219199;
  metadata.policy.domain = "example.org";
  metadata.policy.p = "none";
  return metadata;
}

}  // namespace

TEST_CASE("what a source is, and what to do") {
  struct Row {
    std::string what;
    Record record;
    Host host;
    std::string who;
    Standing standing;
  };

  const auto* google = provider::by_id("google-workspace");
  auto row = GENERATE_COPY(values<Row>({
      {"passes both ways",
       record_of("192.0.2.1", 10, true, true,
                 {dkim("example.org", "pass"), spf("example.org", "pass")}),
       {},
       "192.0.2.0/24",
       Standing::fine},
      {"SPF alone",
       record_of("192.0.2.1", 10, false, true, {spf("example.org", "pass")}),
       {},
       "192.0.2.0/24",
       Standing::half},
      {"a forwarder keeps the signature",
       record_of("192.0.2.1", 10, true, false,
                 {dkim("example.org", "pass"), spf("example.org", "fail")}),
       {},
       "192.0.2.0/24",
       Standing::forwarder},
      {"a known service in its own name",
       record_of("192.0.2.1", 10, false, false,
                 {dkim("mailchimpapp.net", "pass"), spf("mail1.mcsv.net", "pass")}),
       {},
       "Mailchimp",
       Standing::unaligned},
      {"nothing speaks for it",
       record_of("192.0.2.1", 10, false, false, {spf("example.org", "fail")}),
       {},
       "192.0.2.0/24",
       Standing::foreign},
      {"nothing at all",
       record_of("2001:db8:1:2::3", 10, false, false, {}),
       {},
       "2001:db8:1::/48",
       Standing::foreign},
      {"another organization",
       record_of("192.0.2.1", 10, false, false, {spf("bounce.tool.example.net", "pass")}),
       {},
       "example.net",
       Standing::unclear},
      {"the organization's own, but strict",
       record_of("192.0.2.1", 10, false, false, {dkim("news.example.org", "pass")}),
       {},
       "192.0.2.0/24",
       Standing::own},
      {"its own key, which never verifies",
       record_of("192.0.2.1", 10, false, false, {dkim("example.org", "fail")}),
       {},
       "192.0.2.0/24",
       Standing::own},
      {"a host of its own",
       record_of("192.0.2.1", 10, false, false, {}),
       {"web.example.org", nullptr, false},
       "example.org",
       Standing::own},
      {"in the range of a service",
       record_of("192.0.2.1", 10, false, false, {}),
       {{}, google, false},
       "Google Workspace",
       Standing::unaligned},
      {"its name could not be had",
       record_of("192.0.2.1", 10, false, false, {}),
       {{}, nullptr, true},
       "192.0.2.0/24",
       Standing::unclear},
      {"inside the reporter's network",
       record_of("10.1.2.3", 10, false, false, {}),
       {},
       "10.1.2.0/24",
       Standing::unclear},
      {"no address",
       record_of("somewhere", 10, false, false, {}),
       {},
       "\"somewhere\"",
       Standing::foreign},
  }));
  INFO(row.what);
  Parties parties;
  Tally tally(parties);
  tally.add(row.record, row.host);
  REQUIRE(tally.sources().size() == 1);
  const auto& source = tally.sources().front();
  CHECK(source.speaker.who == row.who);
  auto advice = advise(source, "example.org", tally.selectors());
  CHECK(to_string(advice.standing) == to_string(row.standing));
  CHECK_FALSE(advice.action.empty());
}

TEST_CASE("a signature that verifies elsewhere was broken on its way") {
  Parties parties;
  Tally tally(parties);
  tally.add(record_of("192.0.2.1", 10, true, false, {dkim("example.org", "pass")}), {});
  tally.add(record_of("198.51.100.1", 3, false, false, {dkim("example.org", "fail")}), {});
  REQUIRE(tally.sources().size() == 2);
  auto advice = advise(tally.sources()[1], "example.org", tally.selectors());
  CHECK(to_string(advice.standing) == "forwarder");
}

TEST_CASE("sums of many reports") {
  Parties parties;
  Tally first(parties);
  first.add(record_of("192.0.2.1", 10, true, true, {spf("example.org", "pass")}), {});
  first.add(record_of("192.0.2.1", 5, false, false, {}), {});
  Tally second(parties);
  second.add(record_of("192.0.2.7", 2, true, false, {dkim("example.org", "pass")}), {});

  Sources sources;
  CHECK(sources.add(metadata_of("1"), first, Part::day));
  CHECK(sources.add(metadata_of("2", "Other"), second, Part::day));
  CHECK_FALSE(sources.add(metadata_of("1"), first, Part::day));
  REQUIRE(sources.domains().size() == 1);
  const auto& domain = *sources.domains().front();
  CHECK(domain.reports == 2);
  CHECK(domain.reporters.size() == 2);
  CHECK(domain.sums.messages == 17);
  CHECK(domain.sums.passed() == 12);
  CHECK(domain.sums.failed() == 5);
  REQUIRE(domain.sources.size() == 1);
  auto addresses = domain.sources.front().addresses.busiest();
  REQUIRE(addresses.size() == 2);
  CHECK(addresses[0].second == 15);
  REQUIRE(domain.parts.size() == 1);
  CHECK(domain.parts.begin()->first == "2026-11-20");
  REQUIRE(domain.policies.size() == 1);
  CHECK(domain.policies.front().text == "p=none");
}

TEST_CASE("counts stop at the greatest number") {
  Parties parties;
  Tally tally(parties);
  tally.add(record_of("192.0.2.1", UINT64_MAX, false, false, {}), {});
  tally.add(record_of("192.0.2.1", 5, false, false, {}), {});
  CHECK(tally.sources().front().sums.messages == UINT64_MAX);
}

TEST_CASE("addresses are folded as they come") {
  AddressCounts counts;
  auto a = *net::Address::read("192.0.2.1");
  auto b = *net::Address::read("192.0.2.2");
  for (int i = 0; i < 1000; ++i) {
    counts.add(a, 1);
    counts.add(b, 2);
  }
  auto busiest = counts.busiest();
  REQUIRE(busiest.size() == 2);
  CHECK(busiest[0] == AddressCounts::Count(b, 2000));
  CHECK(busiest[1] == AddressCounts::Count(a, 1000));
}

TEST_CASE("of very many addresses the first are kept, and the messages of all") {
  AddressCounts counts;
  constexpr std::uint32_t kBegin = 0xc6120000;  // 198.18.0.0
  for (int round = 0; round < 2; ++round)
    for (std::uint32_t i = 0; i < 10 * AddressCounts::kMost; ++i)
      counts.add(net::Address::v4(kBegin + i), 3);
  auto busiest = counts.busiest();
  CHECK(busiest.size() >= AddressCounts::kMost);
  CHECK(busiest.size() <= 2 * AddressCounts::kMost);
  CHECK(busiest.front() == AddressCounts::Count(net::Address::v4(kBegin), 6));
  auto kept = 6 * busiest.size();
  CHECK(counts.others() == 6 * 10 * AddressCounts::kMost - kept);
}

TEST_CASE("of very many sources those behind are one, which is foreign only if all of it is") {
  constexpr int kSources = 20'050;
  for (bool passes : {false, true}) {
    Parties parties;
    Tally tally(parties);
    for (int i = 0; i < kSources; ++i) {
      auto address = "20." + std::to_string(i / 250) + '.' + std::to_string(i % 250) + ".1";
      tally.add(record_of(address, 1, false, passes && i == kSources - 1, {}), {});
    }
    REQUIRE(tally.sources().size() == 20'001);
    const auto& rest = tally.sources().back();
    CHECK(rest.speaker.who == kOtherSources);
    CHECK(rest.sums.messages == 50);
    auto standing = advise(rest, "example.org", {}).standing;
    CHECK(standing == (passes ? Standing::unclear : Standing::foreign));
  }
}

TEST_CASE("what a published policy comes to") {
  PublishedPolicy policy;
  policy.p = "reject";
  policy.sp = "reject";
  policy.adkim = "r";
  policy.aspf = "s";
  CHECK(policy_text(policy) == "p=reject aspf=s");
}
