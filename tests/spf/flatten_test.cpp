#include "spf/flatten.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "dns/overlay_resolver.hpp"
#include "spf/check_host.hpp"
#include "spf/publish.hpp"
#include "spf/zones.hpp"

using namespace mailtrust;

namespace {

struct Run {
  std::unique_ptr<dns::ZoneResolver> resolver;
  spf::Survey survey;
  Expected<spf::Flattened> result;
};

Run flatten(const std::string& domain, const spf::FlattenOptions& options = {}) {
  auto resolver = test::load_zone("spf_flatten");
  auto survey = spf::survey(*resolver, test::name(domain + ".example.org"));
  auto result = spf::flatten(*resolver, survey, options);
  return {std::move(resolver), std::move(survey), std::move(result)};
}

std::string result_at(dns::Resolver& resolver, const std::string& domain,
                      const net::Address& address) {
  spf::Request request;
  request.ip = address;
  request.domain = domain;
  request.sender = "someone@" + domain;
  request.helo = "mail." + domain;
  return std::string(to_string(check_host(resolver, request).result));
}

// Addresses where something may change: both ends of every range, and their neighbours.
std::vector<net::Address> borders(const spf::Survey& survey) {
  std::vector<net::Address> out;
  for (const auto& node : survey.nodes)
    for (const auto& term : node.terms)
      for (const auto& range : term.addresses.ranges())
        for (const auto& end : {range.first, range.last}) {
          out.push_back(end);
          if (end.is_v4()) out.push_back(net::Address::v4(end.to_v4_value() + 1));
          if (end.is_v4()) out.push_back(net::Address::v4(end.to_v4_value() - 1));
        }
  return out;
}

}  // namespace

TEST_CASE("as few lookups as possible, or with as little change as is enough") {
  struct Row {
    const char* domain;
    std::optional<std::size_t> enough;
    std::size_t lookups;
    std::vector<std::string> flattened;
  };

  auto row = GENERATE(values<Row>({
      {"small", 10, 1, {}},
      {"small", {}, 0, {"include:p1a.example.org"}},
      {"many", 10, 10, {"a", "include:p4.example.org"}},
      {"many",
       {},
       2,
       {"a", "mx", "include:p1.example.org", "include:p2.example.org", "include:p4.example.org"}},
      {"moved", 10, 1, {"redirect=target.example.org"}},
      {"deep", 10, 2, {"include:wrap.example.org"}},
      {"voids", 10, 1, {"a:gone1.example.org", "a:gone2.example.org", "mx:gone3.example.org"}},
      {"stuck", 10, 12, {"include:p1.example.org"}},
  }));
  INFO(row.domain << (row.enough ? " enough" : ""));
  auto run = flatten(row.domain, {row.enough});
  REQUIRE(run.result.has_value());
  CHECK(run.result->flattened == row.flattened);
  CHECK(run.result->lookups == row.lookups);
}

TEST_CASE("every sender gets the same result before and after") {
  auto domain = GENERATE(
      values<std::string>({"many", "order", "deep", "moved", "small", "own", "taken", "tokens"}));
  auto enough = GENERATE(values<std::optional<std::size_t>>({10, {}}));
  INFO(domain << (enough ? " enough" : ""));
  auto run = flatten(domain, {enough});
  REQUIRE(run.result.has_value());
  dns::OverlayResolver after(*run.resolver);
  for (const auto& record : run.result->records) after.set_txt(record.name, {record.text});
  auto name = domain + ".example.org";
  auto addresses = borders(run.survey);
  std::mt19937 random(7208);
  std::ranges::shuffle(addresses, random);
  for (std::size_t i = 0; i < std::min<std::size_t>(addresses.size(), 300); ++i) {
    auto before = result_at(*run.resolver, name, addresses[i]);
    // The original may need more than ten lookups; that is why it is flattened.
    if (before == "permerror") continue;
    INFO(to_string(addresses[i]));
    REQUIRE(result_at(after, name, addresses[i]) == before);
  }
}

TEST_CASE("records fit their answers, come leaves first, and have free names") {
  auto domain = GENERATE(values<std::string>({"many", "order", "deep", "taken", "tokens"}));
  auto run = flatten(domain);
  REQUIRE(run.result.has_value());
  const auto& records = run.result->records;
  REQUIRE(!records.empty());
  CHECK(records.back().name == test::name(domain + ".example.org"));
  for (std::size_t i = 0; i < records.size(); ++i) {
    INFO(records[i].text);
    CHECK(spf::answer_octets(records[i].name, records[i].text) <= spf::kMostAnswer);
    CHECK(spf::parse_record(records[i].text).valid());
    CHECK(records[i].name != test::name("_spf1.taken.example.org"));
    for (std::size_t j = i + 1; j < records.size(); ++j) {
      CHECK(records[i].text.find(to_string(records[j].name) + ' ') == std::string::npos);
      CHECK(records[i].name != records[j].name);
    }
  }
}

TEST_CASE("other TXT records of the domain leave less room") {
  auto run = flatten("tokens");
  REQUIRE(run.result.has_value());
  CHECK(run.result->changed);
  CHECK(run.result->records.size() == 2);
  CHECK(spf::answer_octets(test::name("tokens.example.org"), run.result->records.back().text) +
            700 + 3 + 12 <=
        spf::kMostAnswer);
}

TEST_CASE("neighbours become the fewest prefixes, in the place of their includes") {
  auto run = flatten("small");
  REQUIRE(run.result.has_value());
  CHECK(run.result->records.front().text == "v=spf1 ip4:198.51.100.0/26 ip6:2001:db8:16::/48 -all");
  CHECK(run.result->prefixes.size() == 2);
  auto many = flatten("many");
  REQUIRE(many.result.has_value());
  CHECK(many.result->unlistable == std::vector<std::string>{"exists:%{i}.allow.example.org"});
}

TEST_CASE("what cannot be flattened is told and nothing is written") {
  struct Row {
    const char* domain;
    Error::Kind kind;
    const char* message;
  };

  auto row = GENERATE(values<Row>({
      {"slow", Error::Kind::temporary, "DNS did not tell all that the record leads to"},
      {"bad", Error::Kind::input,
       "the record is a permanent error for some senders; mend that first"},
      {"nothing", Error::Kind::input, "there is no SPF record"},
  }));
  INFO(row.domain);
  auto run = flatten(row.domain);
  REQUIRE(!run.result.has_value());
  CHECK(run.result.error().kind == row.kind);
  CHECK(run.result.error().message == row.message);
  CHECK(run.result.error().where == std::string(row.domain) + ".example.org");
}
