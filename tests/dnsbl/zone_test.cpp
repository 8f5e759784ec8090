#include "dnsbl/zone.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "base/ascii.hpp"
#include "base/limits.hpp"

using namespace mailtrust;
using dnsbl::Kind;

namespace {

struct Bad {
  std::string text;
  std::string where;
  std::string message;
};

const dnsbl::Keys kKeys = {{"spamhaus-dqs", {"SeCret", "conf:1:18"}}};

std::string many(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "l" + std::to_string(i) + ".example\n";
  return text;
}

}  // namespace

TEST_CASE("every row of the table can be used") {
  std::set<std::string_view> zones;
  std::size_t closed = 0;
  for (const auto& row : dnsbl::all()) {
    INFO(row.zone);
    CHECK(zones.insert(row.zone).second);
    CHECK(dns::Name::parse(row.zone));
    CHECK(!row.name.empty());
    CHECK(!row.lists.empty());
    CHECK((row.evidence == "D" || row.evidence == "K"));
    CHECK((row.families == "4" || row.families == "46"));
    CHECK(row.key.empty() == row.keyed.empty());
    CHECK((row.access != dnsbl::Access::key || !row.key.empty()));
    auto words = row.codes.empty() ? std::vector<std::string_view>{} : ascii::split(row.codes, ' ');
    auto codes = dnsbl::parse_codes(words);
    REQUIRE(codes);
    CHECK(codes->empty() == !row.closed.empty());
    for (const auto& code : *codes) CHECK(!code.meaning.empty());
    closed += row.closed.empty() ? 0 : 1;
  }
  CHECK(dnsbl::known_zones({})->size() == zones.size() - closed);
}

TEST_CASE("a file of lists: plain names, comments, kinds and codes") {
  auto zones = dnsbl::parse_zones(
      "\xef\xbb\xbf# ours\n\nBL.Example. # the first\r\n  wl.example allow\n"
      "rep.example reputation 127.0.*.3=trust {4} of {3} 127.0.0.&8=bit three is set\n"
      "zen.spamhaus.org\n",
      "lists", kKeys);
  REQUIRE(zones);
  REQUIRE(zones->size() == 4);
  CHECK((*zones)[0].name == "bl.example");
  CHECK((*zones)[0].kind == Kind::block);
  CHECK((*zones)[1].kind == Kind::allow);
  const auto& codes = (*zones)[2].codes;
  REQUIRE(codes.size() == 2);
  auto address = [](const char* text) { return *net::Address::read(text); };
  CHECK(meaning_of(codes[0], address("127.0.5.3")) == "trust 3 of 5");
  CHECK(codes[1].meaning == "bit three is set");
  CHECK(codes[1].pattern.matches(address("127.0.0.12")));
  CHECK(!codes[1].pattern.matches(address("127.0.0.4")));
  CHECK(find((*zones)[3].codes, address("127.0.0.5"))->meaning ==
        "XBL, exploited or infected host");
  for (const auto& zone : *zones) CHECK(zone.matters());
}

TEST_CASE("a key becomes part of the name asked, and never of the one shown") {
  for (const char* name : {"zen.spamhaus.org", "SeCret.zen.dq.spamhaus.net"}) {
    auto keys = std::string(name).starts_with("zen") ? kKeys : dnsbl::Keys{};
    auto zones = dnsbl::choose({name}, {}, keys);
    REQUIRE(zones);
    const auto& zone = zones->at(0);
    CHECK(zone.name == "zen.spamhaus.org");
    CHECK(to_string(zone.asked) == "SeCret.zen.dq.spamhaus.net");
    CHECK(zone.secret == "SeCret");
  }
  auto gated = dnsbl::choose({"combined.mail.abusix.zone"}, {}, {});
  CHECK(gated->at(0).not_asked ==
        "gated: needs a key, \"key abusix KEY\" in the configuration file");
  auto bad = dnsbl::known_zones({{"abusix", {"not.a key", "conf:7:3"}}});
  REQUIRE(!bad);
  CHECK(bad.error().where == "conf:7:3");
  CHECK(bad.error().message == "not a key: expected letters, digits, - and _");
}

TEST_CASE("the first bad line of a file of lists is told with its place") {
  auto row = GENERATE(values<Bad>({
      {"", "lists", "names no list; expected a zone a line"},
      {"# nothing\n", "lists", "names no list; expected a zone a line"},
      {"a.example\n\n bad..name\n", "lists:3:2",
       "\"bad..name\": not the name of a zone; expected one such as bl.example.org"},
      {".\n", "lists:1:1", "\".\": not the name of a zone; expected one such as bl.example.org"},
      {"a.example blok\n", "lists:1:11",
       "\"blok\": expected block, allow, reputation, or CODE=meaning such as 127.0.0.2=spam"},
      {"a.example 127.0.0.2:evil=x\n", "lists:1:11",
       "\"evil\": expected block, allow, reputation or refused"},
      {"a.example\nA.Example.\n", "lists:2:1", "a.example is named twice"},
      {many(limits::kBlockLists + 1), "lists:251:1", "more than 250 lists"},
  }));
  auto zones = dnsbl::parse_zones(row.text, "lists", {});
  REQUIRE(!zones);
  CHECK(zones.error().where == row.where);
  CHECK(zones.error().message == row.message);
  CHECK(dnsbl::parse_zones(many(limits::kBlockLists), "lists", {}));
}

TEST_CASE("octets of codes: numbers, ranges, any, bits") {
  using dnsbl::Pattern;
  for (const char* bad : {"127.0.0", "127.0.0.256", "127.0.0.7-4", "127.0.0.&0", "127.0.0.", "x"})
    CHECK(!Pattern::read(bad));
  auto pattern = Pattern::read("127.0.0.4-7");
  REQUIRE(pattern);
  CHECK(pattern->matches(*net::Address::read("127.0.0.7")));
  CHECK(!pattern->matches(*net::Address::read("127.0.0.8")));
  CHECK(!pattern->matches(*net::Address::read("::1")));
}

TEST_CASE("names are chosen in their order, known ones with what is known") {
  auto file = dnsbl::parse_zones("mine.example allow\nother.example\n", "lists", {});
  auto zones = dnsbl::choose({"bl.spamcop.net", "mine.example"}, *file, {});
  REQUIRE(zones);
  CHECK((*zones)[0].row != nullptr);
  CHECK((*zones)[1].kind == Kind::allow);
  auto twice = dnsbl::choose({"a.example", "a.example"}, {}, {});
  REQUIRE(!twice);
  CHECK(twice.error().message == "a.example is named twice");
}
