#include "abuse/network_cache.hpp"

#include <catch2/catch.hpp>

#include "abuse/scope.hpp"
#include "store/place_for_test.hpp"

using namespace mailtrust;
using abuse::NetworkCache;
using abuse::Told;

namespace {

constexpr std::int64_t kNow = 1700000000;
constexpr std::int64_t kDay = 86400;

net::Address address(const std::string& text) {
  return *net::Address::read(text);
}

Told told(const std::string& network, const std::string& email) {
  Told told;
  registration::Finding finding{registration::Source::rdap, "rdap.example", {}};
  finding.registration.network = abuse::range_from(network);
  finding.registration.handle = "NET-1";
  finding.registration.name = "EXAMPLE \x1b[1m\xff";
  finding.registration.organization = "Example \"GmbH\"";
  finding.registration.country = "DE";
  finding.registration.registered = 12345;
  registration::Mention mention;
  mention.email = email;
  mention.role = registration::Role::abuse;
  mention.place = "entity E1, role abuse";
  mention.depth = 2;
  mention.doubtful = true;
  finding.registration.mentions.push_back(mention);
  told.findings.push_back(finding);
  told.complete = true;
  return told;
}

void add(NetworkCache& cache, const std::string& about, const std::string& network,
         const std::string& email) {
  cache.add(address(about), std::make_shared<Told>(told(network, email)));
}

std::string email_of(NetworkCache& cache, const std::string& about) {
  auto known = cache.find(address(about));
  return known ? known->told->findings[0].registration.mentions[0].email : "";
}

}  // namespace

TEST_CASE("what was told survives being written down") {
  auto before = told("192.0.2.0/24", "abuse@isp.example");
  auto after = abuse::told_from(abuse::to_text(before));
  REQUIRE(after);
  CHECK(after->complete);
  REQUIRE(after->findings.size() == 1);
  const auto& finding = after->findings[0];
  CHECK(finding.from == "rdap.example");
  CHECK(finding.registration.network == before.findings[0].registration.network);
  CHECK(finding.registration.organization == "Example \"GmbH\"");
  CHECK(finding.registration.country == "DE");
  CHECK(finding.registration.registered == 12345);
  CHECK_FALSE(finding.registration.changed);
  REQUIRE(finding.registration.mentions.size() == 1);
  const auto& mention = finding.registration.mentions[0];
  CHECK(mention.email == "abuse@isp.example");
  CHECK(mention.role == registration::Role::abuse);
  CHECK(mention.place == "entity E1, role abuse");
  CHECK(mention.depth == 2);
  CHECK(mention.doubtful);
}

TEST_CASE("what is damaged is not believed") {
  auto good = abuse::to_text(told("192.0.2.0/24", "abuse@isp.example"));
  REQUIRE(abuse::told_from(good));
  auto replaced = [&](const std::string& what, const std::string& by) {
    auto text = good;
    text.replace(text.find(what), what.size(), by);
    return text;
  };
  CHECK_FALSE(abuse::told_from(""));
  CHECK_FALSE(abuse::told_from("{}"));
  CHECK_FALSE(abuse::told_from("[1,2"));
  CHECK_FALSE(abuse::told_from(good.substr(0, good.size() - 1)));
  CHECK_FALSE(abuse::told_from(replaced("\"version\":1", "\"version\":2")));
  CHECK_FALSE(abuse::told_from(replaced("\"rdap\"", "\"hearsay\"")));
  CHECK_FALSE(abuse::told_from(replaced("192.0.2.0/24", "192.0.2.0/99")));
  CHECK_FALSE(abuse::told_from(replaced("\"abuse\"", "\"boss\"")));
  CHECK_FALSE(abuse::told_from(replaced("abuse@isp.example", "")));
}

TEST_CASE("the narrowest network around the address") {
  NetworkCache cache({}, "registration", kNow);
  add(cache, "198.51.100.1", "198.51.0.0/16", "wide@isp.example");
  add(cache, "198.51.100.65", "198.51.100.64/26", "narrow@isp.example");
  add(cache, "198.51.255.255", "198.51.255.128 - 198.52.0.9", "across@isp.example");
  CHECK(email_of(cache, "198.51.100.70") == "narrow@isp.example");
  CHECK(email_of(cache, "198.51.100.128") == "wide@isp.example");
  CHECK(email_of(cache, "198.52.0.9") == "across@isp.example");
  CHECK(email_of(cache, "198.52.0.10").empty());
  CHECK(email_of(cache, "2001:db8::1").empty());
}

TEST_CASE("what is nobody's network, or another one, is kept for nobody else") {
  NetworkCache cache({}, "registration", kNow);
  auto nobodys = told("192.0.2.0/24", "abuse@isp.example");
  nobodys.findings[0].registration.is_placeholder = true;
  cache.add(address("192.0.2.1"), std::make_shared<Told>(nobodys));
  add(cache, "192.0.2.1", "203.0.113.0/24", "elsewhere@isp.example");
  CHECK(cache.find(address("192.0.2.1")).has_value());
  CHECK(email_of(cache, "192.0.2.2").empty());
  CHECK(email_of(cache, "203.0.113.1").empty());
}

TEST_CASE("what is not all that could be told is kept for the run alone") {
  Place place;
  auto path = place.path("store.db");
  auto unsure = told("192.0.2.0/24", "abuse@isp.example");
  unsure.fail("whois did not answer");
  NetworkCache cache(path, "registration", kNow);
  cache.add(address("192.0.2.1"), std::make_shared<Told>(unsure));
  CHECK(email_of(cache, "192.0.2.1") == "abuse@isp.example");
  REQUIRE(cache.save());
  NetworkCache next(path, "registration", kNow);
  CHECK(email_of(next, "192.0.2.1").empty());
}

TEST_CASE("what has expired goes when something new is written") {
  Place place;
  auto path = place.path("store.db");
  auto keys = [&] {
    auto store = store::Cache::open(path, store::Access::read);
    std::vector<std::string> found;
    auto rows = store->all("registration").value();
    for (const auto& row : rows) found.push_back(row.key);
    return found;
  };
  NetworkCache old(path, "registration", kNow);
  add(old, "192.0.2.1", "192.0.2.0/24", "abuse@isp.example");
  REQUIRE(old.save());
  NetworkCache later(path, "registration", kNow + 7 * kDay);
  add(later, "198.51.100.1", "198.51.100.0/24", "abuse@isp.example");
  CHECK(keys() == std::vector<std::string>{"192.0.2.0/24"});
  REQUIRE(later.save());
  CHECK(keys() == std::vector<std::string>{"198.51.100.0/24"});
}

TEST_CASE("answers of earlier runs") {
  Place place;
  auto path = place.path("store.db");
  {
    NetworkCache cache(path, "registration", kNow);
    add(cache, "192.0.2.1", "192.0.2.0/24", "abuse@isp.example");
    CHECK_FALSE(cache.find(address("192.0.2.2"))->fetched);
    REQUIRE(cache.save());
  }

  struct Row {
    std::string kind;
    std::int64_t now;
    bool known;
  };

  auto row = GENERATE(values<Row>({
      {"registration", kNow, true},
      {"registration", kNow + 7 * kDay - 1, true},
      {"registration", kNow + 7 * kDay, false},
      {"registration", kNow - 1, false},
      {"registration http://127.0.0.1:80/", kNow, false},
  }));
  INFO(row.kind << " at " << row.now - kNow);
  NetworkCache cache(path, row.kind, row.now);
  auto known = cache.find(address("192.0.2.77"));
  CHECK(known.has_value() == row.known);
  if (known) CHECK(known->fetched == kNow);
}

TEST_CASE("a store that cannot be used is told once, and the run goes on") {
  Place place;
  auto path = place.write("file", "something of the user's\n");
  NetworkCache cache(path, "registration", kNow);
  add(cache, "192.0.2.1", "192.0.2.0/24", "abuse@isp.example");
  CHECK(email_of(cache, "192.0.2.2") == "abuse@isp.example");
  auto saved = cache.save();
  REQUIRE_FALSE(saved);
  CHECK(saved.error().kind == Error::Kind::input);
}
